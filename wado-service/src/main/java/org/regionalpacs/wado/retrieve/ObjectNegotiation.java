package org.regionalpacs.wado.retrieve;

import static org.regionalpacs.wado.retrieve.ObjectAction.NONE;
import static org.regionalpacs.wado.retrieve.ObjectAction.RECODE;
import static org.regionalpacs.wado.retrieve.ObjectAction.SEND_AS_STORED;
import static org.regionalpacs.wado.retrieve.StoredEncoding.DEFLATED;
import static org.regionalpacs.wado.retrieve.StoredEncoding.EXPLICIT_LITTLE_ENDIAN;
import static org.regionalpacs.wado.retrieve.StoredEncoding.LOSSLESS;
import static org.regionalpacs.wado.retrieve.StoredEncoding.LOSSY;
import static org.regionalpacs.wado.retrieve.StoredEncoding.NOT_FOR_THE_WEB;
import static org.regionalpacs.wado.retrieve.StoredEncoding.UNKNOWN;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.wado.web.MediaRange;
import org.regionalpacs.wado.web.NotAcceptableException;

/**
 * Negotiation of whole objects (PS3.18 8.7.3, 8.7.8) as a table: how it is stored, what is wanted,
 * what is done. Pixels are not transcoded here.
 */
final class ObjectNegotiation {
  static final String DICOM = "application/dicom";
  static final String ZIP = "application/zip";

  private static final Map<StoredEncoding, Map<WantedSyntax, ObjectAction>> TABLE =
      new EnumMap<>(StoredEncoding.class);

  static {
    // whatever, as stored, default, Explicit LE by name, the stored one by name, another
    row(EXPLICIT_LITTLE_ENDIAN, "send send send send send none");
    row(DEFLATED, "recode send recode recode send none");
    row(NOT_FOR_THE_WEB, "recode send recode recode none none");
    row(LOSSLESS, "send send none none send none");
    row(LOSSY, "send send send none send none");
    row(UNKNOWN, "send send none none send none");
  }

  private ObjectNegotiation() {}

  /**
   * How to answer.
   *
   * @param packaging how the objects are put together
   * @param actions by the transfer syntax that objects are stored in
   */
  record Plan(Packaging packaging, Map<String, ObjectAction> actions) {

    /** The transfer syntax in which an object goes out. */
    String syntaxSent(String stored) {
      return actions.get(stored) == RECODE ? UID.ExplicitVRLittleEndian : stored;
    }
  }

  /**
   * Chooses, for each stored syntax by itself.
   *
   * @param accepted most wanted first
   * @param oneInstance whether the path names one instance, which may go out alone
   * @param stored the transfer syntaxes that the objects are stored in
   * @throws NotAcceptableException when there is one that can't be sent as accepted
   */
  static Plan plan(List<MediaRange> accepted, boolean oneInstance, Set<String> stored) {
    Map<String, ObjectAction> actions = new HashMap<>();
    Packaging packaging = Packaging.MULTIPART;
    List<MediaRange> ranges = ofOneKind(accepted, oneInstance);
    for (String syntax : stored) {
      MediaRange chosen =
          ranges.stream()
              .filter(range -> action(range, syntax) != NONE)
              .findFirst()
              .orElseThrow(() -> new NotAcceptableException(available(stored)));
      actions.put(syntax, action(chosen, syntax));
      packaging = Packaging.of(chosen);
    }
    return new Plan(packaging, actions);
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

  private static ObjectAction action(MediaRange range, String stored) {
    return TABLE.get(StoredEncoding.of(stored)).get(WantedSyntax.of(range, stored));
  }

  /** What these objects could be sent as. */
  private static Set<String> available(Set<String> stored) {
    Set<String> ranges = new TreeSet<>();
    String type = "multipart/related; type=\"" + DICOM + "\"; transfer-syntax=";
    ranges.add(type + "*");
    ranges.add(ZIP);
    for (String syntax : stored) {
      Map<WantedSyntax, ObjectAction> row = TABLE.get(StoredEncoding.of(syntax));
      if (row.get(WantedSyntax.THE_STORED_ONE) != NONE) {
        ranges.add(type + syntax);
      }
      if (row.get(WantedSyntax.EXPLICIT_LITTLE_ENDIAN) != NONE) {
        ranges.add(type + UID.ExplicitVRLittleEndian);
      }
    }
    return ranges;
  }

  private static void row(StoredEncoding stored, String actions) {
    String[] names = actions.split(" ");
    Map<WantedSyntax, ObjectAction> row = new EnumMap<>(WantedSyntax.class);
    for (WantedSyntax wanted : WantedSyntax.values()) {
      row.put(wanted, named(names[wanted.ordinal()]));
    }
    TABLE.put(stored, row);
  }

  private static ObjectAction named(String name) {
    return switch (name) {
      case "send" -> SEND_AS_STORED;
      case "recode" -> RECODE;
      case "none" -> NONE;
      default -> throw new IllegalArgumentException(name);
    };
  }
}
