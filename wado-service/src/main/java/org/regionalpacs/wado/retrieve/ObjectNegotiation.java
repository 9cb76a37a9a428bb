package org.regionalpacs.wado.retrieve;

import static org.regionalpacs.wado.retrieve.ObjectAction.NONE;
import static org.regionalpacs.wado.retrieve.StoredEncoding.DEFLATED;
import static org.regionalpacs.wado.retrieve.StoredEncoding.EXPLICIT_LITTLE_ENDIAN;
import static org.regionalpacs.wado.retrieve.StoredEncoding.LOSSLESS;
import static org.regionalpacs.wado.retrieve.StoredEncoding.LOSSY;
import static org.regionalpacs.wado.retrieve.StoredEncoding.LOSSY_UNDECODED;
import static org.regionalpacs.wado.retrieve.StoredEncoding.NOT_FOR_THE_WEB;
import static org.regionalpacs.wado.retrieve.StoredEncoding.UNKNOWN;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.wado.retrieve.HeldEncoding.Kind;
import org.regionalpacs.wado.web.MediaRange;
import org.regionalpacs.wado.web.NotAcceptableException;

/**
 * Negotiation of whole objects (PS3.18 8.7.3, 8.7.8) as a table: how it is stored, what is wanted,
 * what is done. Of several ways that are wanted alike the cheapest is taken.
 */
final class ObjectNegotiation {
  static final String DICOM = "application/dicom";
  static final String ZIP = "application/zip";

  /** What every object can be had as. */
  static final List<String> AS_STORED =
      List.of("multipart/related; type=\"" + DICOM + "\"; transfer-syntax=*");

  private static final Map<StoredEncoding, ObjectAction[]> TABLE =
      new EnumMap<>(StoredEncoding.class);

  static {
    // whatever, as stored, default, Explicit LE by name, the stored one by name, one that is made,
    // another
    row(EXPLICIT_LITTLE_ENDIAN, "send send send send send transcode none");
    row(DEFLATED, "recode send recode recode send transcode none");
    // By its own name only, the original can be had where a rendition goes out otherwise.
    row(NOT_FOR_THE_WEB, "recode send recode recode send transcode none");
    row(LOSSLESS, "send send transcode transcode send transcode none");
    row(LOSSY, "send send send transcode send transcode none");
    row(LOSSY_UNDECODED, "send send send none send none none");
    row(UNKNOWN, "send send none none send none none");
  }

  /** In percent of the original: with less saved, who takes anything gets what was received. */
  private static final int SMALLER = 90;

  private ObjectNegotiation() {}

  /**
   * How an object can be sent.
   *
   * @param encoding that is read
   * @param action what is done to it
   * @param syntax in which it goes out
   * @param packaging how the objects are put together
   * @param named whether the transfer syntax was asked for by name
   */
  record Choice(
      HeldEncoding encoding,
      ObjectAction action,
      String syntax,
      Packaging packaging,
      boolean named) {

    /**
     * What isn't compressed is decoded fastest. By name goes out what was received.
     *
     * @param usual what goes out else
     */
    private boolean isPreferred(Kind usual) {
      return action == ObjectAction.TRANSCODE
          ? encoding.isNative()
          : encoding.kind() == (named ? Kind.ORIGINAL : usual);
    }
  }

  /**
   * Chooses for one object. A preview is sent only when nothing else is accepted, however little
   * that is wanted.
   *
   * @param accepted most wanted first
   * @param oneInstance whether the path names one instance, which may go out alone
   * @param held its encodings
   * @return the ways to send it as accepted, the best first; none when there is none
   */
  static List<Choice> choices(
      List<MediaRange> accepted, boolean oneInstance, List<HeldEncoding> held) {
    // However often a client says the same, and for however many objects.
    Set<Choice> choices = new LinkedHashSet<>();
    Comparator<Choice> cheapestFirst = cheapestFirst(usual(held));
    for (List<MediaRange> group : RangeGroups.of(ofOneKind(accepted, oneInstance))) {
      List<Choice> alike = new ArrayList<>();
      for (MediaRange range : group) {
        held.forEach(encoding -> add(range, encoding, alike));
      }
      alike.sort(cheapestFirst);
      choices.addAll(alike);
    }
    List<Choice> diagnostic =
        choices.stream().filter(choice -> choice.encoding().kind() != Kind.PREVIEW).toList();
    return diagnostic.isEmpty() ? List.copyOf(choices) : diagnostic;
  }

  private static Comparator<Choice> cheapestFirst(Kind usual) {
    return Comparator.comparing(Choice::action)
        .thenComparing(choice -> !choice.isPreferred(usual))
        .thenComparing(choice -> choice.encoding().object().size());
  }

  /** Other archives take objects with "*": they get what was received, unless that is wasteful. */
  private static Kind usual(List<HeldEncoding> held) {
    long original = size(held, Kind.ORIGINAL);
    long rendition = size(held, Kind.LOSSLESS);
    return rendition < original / 100.0 * SMALLER ? Kind.LOSSLESS : Kind.ORIGINAL;
  }

  /** Of its data set. */
  private static long size(List<HeldEncoding> held, Kind kind) {
    return held.stream()
        .filter(encoding -> encoding.kind() == kind)
        .map(HeldEncoding::object)
        .mapToLong(object -> object.size() - object.dataSetOffset())
        .findFirst()
        .orElse(Long.MAX_VALUE);
  }

  private static void add(MediaRange range, HeldEncoding encoding, List<Choice> choices) {
    ObjectAction action = action(WantedSyntax.of(range, encoding.transferSyntax()), encoding);
    String syntax =
        switch (action) {
          case SEND_AS_STORED -> encoding.transferSyntax();
          case RECODE -> UID.ExplicitVRLittleEndian;
          case TRANSCODE -> range.transferSyntax().orElse(UID.ExplicitVRLittleEndian);
          case NONE -> "";
        };
    if (action != NONE) {
      boolean named = range.transferSyntax().filter(name -> !name.equals("*")).isPresent();
      choices.add(new Choice(encoding, action, syntax, Packaging.of(range), named));
    }
  }

  private static ObjectAction action(WantedSyntax wanted, HeldEncoding encoding) {
    boolean hidden = encoding.kind() == Kind.PREVIEW && wanted != WantedSyntax.THE_STORED_ONE;
    return hidden
        ? NONE
        : TABLE.get(StoredEncoding.of(encoding.transferSyntax()))[wanted.ordinal()];
  }

  /** The ranges that could serve: those for an archive or the others, as the first one is. */
  private static List<MediaRange> ofOneKind(List<MediaRange> accepted, boolean oneInstance) {
    List<MediaRange> serving =
        accepted.stream().filter(range -> serves(range, oneInstance)).toList();
    return serving.stream().filter(range -> isZip(range) == isZip(serving.getFirst())).toList();
  }

  static boolean isZip(MediaRange range) {
    return range.type().equals(ZIP);
  }

  private static boolean serves(MediaRange range, boolean oneInstance) {
    boolean several = range.multipart() || range.anything();
    return isZip(range) || range.covers(DICOM) && (oneInstance || several);
  }

  /** It can't be sent as accepted: why, and what there is. */
  static NotAcceptableException refusal(
      List<MediaRange> accepted, List<List<HeldEncoding>> objects) {
    List<String> available = AvailableObjects.of(objects);
    boolean lossy =
        accepted.stream()
            .flatMap(range -> range.transferSyntax().stream())
            .anyMatch(StoredEncoding::isLossy);
    return lossy
        ? new NotAcceptableException(NotAcceptableException.NO_LOSS, available)
        : new NotAcceptableException(available);
  }

  private static void row(StoredEncoding stored, String actions) {
    String[] names = actions.split(" ");
    ObjectAction[] row = new ObjectAction[names.length];
    for (int i = 0; i < names.length; i++) {
      row[i] = named(names[i]);
    }
    TABLE.put(stored, row);
  }

  private static ObjectAction named(String name) {
    return switch (name) {
      case "send" -> ObjectAction.SEND_AS_STORED;
      case "recode" -> ObjectAction.RECODE;
      case "transcode" -> ObjectAction.TRANSCODE;
      case "none" -> NONE;
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** What one object can be sent as by name. */
  static boolean can(HeldEncoding encoding, WantedSyntax wanted) {
    return action(wanted, encoding) != NONE;
  }
}
