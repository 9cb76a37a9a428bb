package org.regionalpacs.metadata;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Compares a data set in the DICOM JSON model with what DCMTK 3.6.7 made of it. */
final class JsonComparison {
  private final List<String> differences = new ArrayList<>();

  List<String> differences() {
    return differences;
  }

  void compare(String path, JsonNode ours, JsonNode theirs) {
    for (String tag : ours.propertyNames()) {
      if (!theirs.has(tag) && !tag.equals("00083002") && !tag.equals("7FE00010")) {
        differences.add(path + tag + " is only ours: " + shortened(ours.get(tag)));
      }
    }
    for (String tag : theirs.propertyNames()) {
      if (!ours.has(tag)) {
        differences.add(path + tag + " is only theirs: " + shortened(theirs.get(tag)));
      } else {
        element(path + tag, ours.get(tag), theirs.get(tag));
      }
    }
  }

  private void element(String path, JsonNode ours, JsonNode theirs) {
    if (!ours.get("vr").equals(theirs.get("vr"))) {
      differences.add(path + " " + shortened(ours) + " <> " + shortened(theirs));
      return;
    }
    if (ours.has("BulkDataURI")) {
      return;
    }
    if (ours.get("vr").asString().equals("SQ")) {
      items(path, ours.path("Value"), theirs.path("Value"));
    } else if (!same(ours, theirs)) {
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

  private static boolean same(JsonNode ours, JsonNode theirs) {
    return ours.equals(theirs);
  }

  private static String shortened(JsonNode node) {
    String text = node.toString();
    return text.length() > 160 ? text.substring(0, 160) + "..." : text;
  }
}
