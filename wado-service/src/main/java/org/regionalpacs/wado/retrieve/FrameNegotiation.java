package org.regionalpacs.wado.retrieve;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.regionalpacs.wado.retrieve.HeldEncoding.Kind;
import org.regionalpacs.wado.web.MediaRange;
import org.regionalpacs.wado.web.NotAcceptableException;

/**
 * Negotiation of frames (PS3.18 8.7.3.3). Native ones are octets in Explicit VR Little Endian;
 * compressed ones have the media type of their codec, and are octets to those who ask for octets in
 * that transfer syntax or in any. What is held goes before what has to be made.
 */
final class FrameNegotiation {
  static final String OCTETS = "application/octet-stream";

  private static final Comparator<Plan> CHEAPEST_FIRST =
      Comparator.comparing(Plan::isMade)
          .thenComparing(plan -> !plan.isPreferred())
          .thenComparing(plan -> plan.isMade() ? plan.encoding().object().size() : 0);

  private FrameNegotiation() {}

  /**
   * How to answer.
   *
   * @param encoding that is read
   * @param multipart as multipart/related; otherwise the one frame is the body
   * @param mediaType of each frame
   * @param transferSyntax of each frame
   */
  record Plan(HeldEncoding encoding, boolean multipart, String mediaType, String transferSyntax) {

    /** Whether frames have to be transcoded. */
    boolean isMade() {
      return !encoding.frameSyntax().equals(transferSyntax);
    }

    /** What isn't compressed is decoded fastest; the rendition is there to be sent. */
    private boolean isPreferred() {
      return isMade() ? encoding.isNative() : encoding.kind() == Kind.LOSSLESS;
    }

    String contentType() {
      return mediaType + "; transfer-syntax=" + transferSyntax;
    }
  }

  /**
   * Chooses. What a preview could serve is left to it only when nothing else is accepted, however
   * little that is wanted.
   *
   * @param accepted most wanted first
   * @param held the encodings of the object
   * @param frames how many are asked for
   * @return the ways to send them as accepted, the best first; at least one
   * @throws NotAcceptableException when they can't be sent as accepted
   */
  static List<Plan> plans(List<MediaRange> accepted, List<HeldEncoding> held, int frames) {
    // However often a client says the same.
    Set<Plan> plans = new LinkedHashSet<>();
    for (List<MediaRange> group : RangeGroups.of(accepted)) {
      List<Plan> alike = new ArrayList<>();
      for (MediaRange range : group) {
        boolean multipart = range.multipart() || range.anything();
        if (multipart || frames == 1) {
          held.forEach(encoding -> add(range, multipart, encoding, alike));
        }
      }
      alike.sort(CHEAPEST_FIRST);
      plans.addAll(alike);
    }
    if (plans.isEmpty()) {
      throw refusal(accepted, held);
    }
    List<Plan> diagnostic =
        plans.stream().filter(plan -> plan.encoding().kind() != Kind.PREVIEW).toList();
    return diagnostic.isEmpty() ? List.copyOf(plans) : diagnostic;
  }

  private static void add(
      MediaRange range, boolean multipart, HeldEncoding encoding, List<Plan> plans) {
    for (FrameRepresentation one : FrameRepresentation.allOf(encoding)) {
      if (one.wantedBy(range)) {
        plans.add(new Plan(encoding, multipart, one.mediaType(), one.syntax()));
      }
    }
  }

  private static NotAcceptableException refusal(
      List<MediaRange> accepted, List<HeldEncoding> held) {
    LinkedHashSet<String> available = new LinkedHashSet<>();
    held.stream()
        .flatMap(encoding -> FrameRepresentation.standardOf(encoding).stream())
        .map(FrameNegotiation::name)
        .forEach(available::add);
    boolean lossy =
        accepted.stream()
            .flatMap(range -> range.transferSyntax().stream())
            .anyMatch(StoredEncoding::isLossy);
    return lossy && available.size() > 1
        ? new NotAcceptableException(NotAcceptableException.NO_LOSS, available)
        : new NotAcceptableException(available);
  }

  private static String name(FrameRepresentation one) {
    return "multipart/related; type=\"" + one.mediaType() + "\"; transfer-syntax=" + one.syntax();
  }
}
