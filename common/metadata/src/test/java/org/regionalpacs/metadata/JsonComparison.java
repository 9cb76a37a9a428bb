package org.regionalpacs.metadata;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Compares a data set in the DICOM JSON model with what DCMTK 3.6.7 made of it. What may differ is
 * listed here, with the reason.
 */
final class JsonComparison {
  private static final String SPECIFIC_CHARACTER_SET = "00080005";
  private static final String AVAILABLE_TRANSFER_SYNTAX = "00083002";
  private static final String PIXEL_DATA = "7FE00010";

  /** Theirs passes bytes through that are no text in any declared character set. */
  private static final String UNDECODABLE = "\uFFFD";

  private final List<String> differences = new ArrayList<>();

  List<String> differences() {
    return differences;
  }

  void compare(String path, JsonNode ours, JsonNode theirs) {
    for (String tag : ours.propertyNames()) {
      if (!theirs.has(tag) && !mayBeOnlyOurs(tag)) {
        differences.add(path + tag + " is only ours: " + shortened(ours.get(tag)));
      }
    }
    for (String tag : theirs.propertyNames()) {
      if (!ours.has(tag) && !tag.startsWith("0002")) {
        // Theirs takes file meta information behind its stated length for a part of the data set.
        differences.add(path + tag + " is only theirs: " + shortened(theirs.get(tag)));
      } else if (ours.has(tag)
          && !tag.equals(SPECIFIC_CHARACTER_SET)
          && !isUnknownPrivate(tag, ours)) {
        // Theirs names the charset of the file in some items; JSON is in UTF-8 (F.2.1).
        element(path + tag, ours.get(tag), theirs.get(tag));
      }
    }
  }

  /** Theirs was given the file up to the pixel data only; we add the stored transfer syntax. */
  private static boolean mayBeOnlyOurs(String tag) {
    return tag.equals(AVAILABLE_TRANSFER_SYNTAX) || tag.compareTo(PIXEL_DATA) >= 0;
  }

  /** Theirs has a dictionary of private elements, for files that don't say their VR. */
  private static boolean isUnknownPrivate(String tag, JsonNode ours) {
    boolean isPrivate = Character.digit(tag.charAt(3), 16) % 2 == 1;
    return isPrivate && ours.get(tag).get("vr").asString().equals("UN");
  }

  private void element(String path, JsonNode ours, JsonNode theirs) {
    if (!ours.get("vr").equals(theirs.get("vr"))) {
      differences.add(path + " " + shortened(ours) + " <> " + shortened(theirs));
      return;
    }
    if (ours.has("BulkDataURI")) {
      // Theirs writes all values inline.
      return;
    }
    String vr = ours.get("vr").asString();
    JsonNode our = ours.path("Value");
    JsonNode their = theirs.path("Value");
    if (vr.equals("SQ")) {
      items(path, our, their);
    } else if (!ours.path("InlineBinary").equals(theirs.path("InlineBinary"))
        || !sameValues(vr, our, their)) {
      differences.add(path + " " + shortened(ours) + " <> " + shortened(theirs));
    }
  }

  private void items(String path, JsonNode ours, JsonNode theirs) {
    if (ours.size() != theirs.size()) {
      differences.add(path + " " + ours.size() + " items <> " + theirs.size());
      return;
    }
    for (int i = 0; i < ours.size(); i++) {
      compare(path + "/" + (i + 1) + "/", ours.get(i), theirs.get(i));
    }
  }

  private static boolean sameValues(String vr, JsonNode ours, JsonNode theirs) {
    if (theirs.toString().contains(UNDECODABLE)) {
      return true;
    }
    if (vr.equals("PN")) {
      return names(ours).equals(names(theirs));
    }
    if (ours.isMissingNode() && isPadding(theirs)) {
      return true;
    }
    if (ours.size() != theirs.size()) {
      return false;
    }
    for (int i = 0; i < ours.size(); i++) {
      if (!sameValue(vr, ours.get(i), theirs.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Theirs keeps values of nothing but NUL. */
  private static boolean isPadding(JsonNode theirs) {
    return theirs.size() == 1 && theirs.get(0).asString("x").replace("\0", "").isEmpty();
  }

  /** The same number can be spelled in several ways; theirs errs in the 17th digit of some FD. */
  private static boolean sameValue(String vr, JsonNode ours, JsonNode theirs) {
    if (!ours.isNumber() || !theirs.isNumber()) {
      return ours.asString("").equals(theirs.asString("").replaceAll("\0+$", ""))
          && ours.isNumber() == theirs.isNumber();
    }
    return vr.equals("FL")
        ? ours.floatValue() == theirs.floatValue()
        : Math.abs(ours.doubleValue() - theirs.doubleValue()) <= 2 * Math.ulp(theirs.doubleValue());
  }

  /** Theirs drops delimiters at the end of a name's group; PS3.5 6.2.1.1 allows both. */
  private static List<String> names(JsonNode value) {
    List<String> names = new ArrayList<>();
    for (JsonNode name : value) {
      for (String group : List.of("Alphabetic", "Ideographic", "Phonetic")) {
        names.add(name.path(group).asString("").replaceAll("[\\^ ]+$", ""));
      }
    }
    while (!names.isEmpty() && names.getLast().isEmpty()) {
      names.removeLast();
    }
    return names;
  }

  private static String shortened(JsonNode node) {
    String text = node.toString();
    return text.length() > 160 ? text.substring(0, 160) + "..." : text;
  }
}
