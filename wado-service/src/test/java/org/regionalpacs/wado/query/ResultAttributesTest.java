package org.regionalpacs.wado.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.data.Tag;

/** PS3.18 F.2: results as DICOM JSON objects, copied from what the index keeps. */
class ResultAttributesTest {
  private static final String KEPT =
      """
      {"00081030": {"vr": "LO", "Value": ["a \\"quoted\\" {brace} \\\\"]}, \
      "00081032": {"vr": "SQ", "Value": [{"00080100": {"vr": "SH", "Value": ["}"]}}]}, \
      "00100010": {"vr": "PN", "Value": [{"Alphabetic": "M\u00fcller^J\u00fcrgen", "Ideographic": "\u738b"}]}, \
      "00101020": {"vr": "DS", "Value": [1.7e0]}, "00102160": {"vr": "SH"}}\
      """;

  @Test
  void givenAKeptObject_thenEachAttributeIsFoundWhole() {
    byte[] json = bytes(KEPT);
    List<String> found = new ArrayList<>();

    KeptObject.read(
        json,
        (tag, start, end) ->
            found.add(
                Tag.toHex(tag) + new String(json, start, end - start, StandardCharsets.UTF_8)));

    assertThat(found)
        .containsExactly(
            "00081030{\"vr\": \"LO\", \"Value\": [\"a \\\"quoted\\\" {brace} \\\\\"]}",
            "00081032{\"vr\": \"SQ\", \"Value\": [{\"00080100\": {\"vr\": \"SH\", \"Value\": [\"}\"]}}]}",
            "00100010{\"vr\": \"PN\", \"Value\": [{\"Alphabetic\": \"M\u00fcller^J\u00fcrgen\","
                + " \"Ideographic\": \"\u738b\"}]}",
            "00101020{\"vr\": \"DS\", \"Value\": [1.7e0]}",
            "00102160{\"vr\": \"SH\"}");
  }

  @Test
  void givenObjectsWithoutAttributes_thenNothingIsFound() {
    for (String empty : List.of("", "{}")) {
      KeptObject.read(bytes(empty), (tag, _, _) -> assertThat(tag).as("none expected").isZero());
    }
  }

  @Test
  void givenAttributesInAnyOrder_thenTheyAreWrittenByTagAndTheLastOfATagCounts() {
    ResultAttributes attributes = new ResultAttributes();
    JsonBytes out = new JsonBytes(1);
    for (int round = 0; round < 2; round++) {
      attributes.clear();
      out.clear();
      byte[] kept = bytes("[1][2]");
      attributes.put(0x0020000D, kept, 0, 3);
      attributes.begin(0x00080005).addQuoted("\u738b\"");
      attributes.end(0x00080005);
      // Groups of four digits that begin with 8 and more come last.
      attributes.begin(0xFFFA0001).add(7);
      attributes.end(0xFFFA0001);
      attributes.put(0x00100010, kept, 0, 3);
      attributes.put(0x00100010, kept, 3, 6);

      attributes.writeTo(out);
    }

    assertThat(out)
        .hasToString(
            "{\"00080005\":\"\u738b\\\"\",\"00100010\":[2],\"0020000D\":[1],\"FFFA0001\":7}");
    assertThat(attributes.has(0x00080005)).isTrue();
    assertThat(attributes.has(0x00080006)).isFalse();
  }

  /** More of them than a result has without extended query tags. */
  @Test
  void givenHundredsOfAttributes_thenNoneIsLost() {
    ResultAttributes attributes = new ResultAttributes();
    for (int tag = 300; tag > 0; tag--) {
      attributes.begin(tag).add(tag);
      attributes.end(tag);
    }
    JsonBytes out = new JsonBytes(1);
    attributes.writeTo(out);

    assertThat(out.toString()).startsWith("{\"00000001\":1,").endsWith(",\"0000012C\":300}");
    assertThat(out.toString().split(",")).hasSize(300);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
