package org.regionalpacs.dicom.json;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.regionalpacs.dicom.TestFiles;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What DCMTK's dcm2json makes of a file, and how it differs from what we make of it. */
final class DcmtkJson {
  private static final JsonMapper MAPPER = new JsonMapper();

  private DcmtkJson() {}

  /** Empty when DCMTK can't read the file, or can't say it in JSON. */
  static Optional<JsonNode> read(Path file) {
    TestFiles.Output output = TestFiles.run(List.of("dcm2json", "-fc", file.toString()));
    if (output.status() != 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(MAPPER.readTree(output.stdout()));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  static void compare(JsonNode ours, JsonNode theirs, String path, List<String> differences) {
    TreeSet<String> tags = new TreeSet<>(ours.propertyNames());
    tags.addAll(theirs.propertyNames());
    for (String tag : tags) {
      JsonNode a = ours.path(tag);
      JsonNode b = theirs.path(tag);
      if (!justified(tag, a, b)) {
        element(a, b, path + tag, differences);
      }
    }
  }

  /** Differences that are right, each with its reason. */
  private static boolean justified(String tag, JsonNode ours, JsonNode theirs) {
    boolean privateTag = "13579BDF".indexOf(tag.charAt(3)) >= 0;
    return
    // DCMTK's private dictionary knows VRs of vendors' elements in Implicit VR; we keep UN.
    privateTag && ours.path("vr").asString("").equals("UN")
        // JSON is in UTF-8 throughout (F.2.1); DCMTK says so at the top level only.
        || tag.equals("00080005")
        // With a wrong group length DCMTK takes file meta elements for the data set's.
        || tag.startsWith("0002") && ours.isMissingNode()
        // dcm2json leaves out (FFFC,FFFC), which holds nothing but padding.
        || tag.equals("FFFCFFFC")
        // dcm2json can't write the pixel data of icons beside compressed pixel data.
        || tag.equals("7FE00010") && theirs.isMissingNode()
        // DCMTK fills odd binary values up to even lengths; the value is what its length says.
        || padded(ours, theirs);
  }

  private static boolean padded(JsonNode ours, JsonNode theirs) {
    if (!ours.has("InlineBinary") || !theirs.has("InlineBinary")) {
      return false;
    }
    byte[] a = ours.get("InlineBinary").binaryValue();
    byte[] b = theirs.get("InlineBinary").binaryValue();
    return a.length % 2 == 1
        && b.length == a.length + 1
        && java.util.Arrays.equals(a, java.util.Arrays.copyOf(b, a.length));
  }

  private static void element(JsonNode a, JsonNode b, String path, List<String> differences) {
    if (!a.path("vr").equals(b.path("vr"))) {
      differences.add(path + ": VR " + a.path("vr") + ", DCMTK " + b.path("vr"));
      return;
    }
    JsonNode ours = a.path("Value");
    JsonNode theirs = b.path("Value");
    if (a.path("vr").asString().equals("SQ") && ours.size() == theirs.size()) {
      for (int i = 0; i < ours.size(); i++) {
        compare(ours.get(i), theirs.get(i), path + "/" + (i + 1) + "/", differences);
      }
    } else if (!a.path("InlineBinary").equals(b.path("InlineBinary"))) {
      differences.add(path + ": binary value");
    } else if (!sameValues(ours, theirs)) {
      differences.add(path + ": " + ours + ", DCMTK " + theirs);
    }
  }

  private static boolean sameValues(JsonNode ours, JsonNode theirs) {
    if (ours.size() == 0 && onlyNulCharacters(theirs)) {
      return true;
    }
    if (ours.size() != theirs.size()) {
      return false;
    }
    for (int i = 0; i < ours.size(); i++) {
      if (!sameValue(ours.get(i), theirs.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean onlyNulCharacters(JsonNode values) {
    for (JsonNode value : values) {
      if (!value.asString("x").replace("\0", "").isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameValue(JsonNode ours, JsonNode theirs) {
    if (ours.equals(theirs)) {
      return true;
    }
    if (ours.isNumber()) {
      // DCMTK writes numbers that NUL characters follow as strings, and float32 to nine digits.
      String text = theirs.asString().replace("\0", "").strip();
      double number = Double.parseDouble(text);
      return ours.doubleValue() == number || (float) ours.doubleValue() == (float) number;
    }
    if (ours.isObject()) {
      // A trailing caret delimits an empty component, which may be left out (PS3.5 6.2.1.2).
      return ours.toString().equals(theirs.toString().replaceAll("\\^+\"", "\""));
    }
    return ours.asString("").equals(theirs.asString("").replace("\0", "").strip());
  }
}
