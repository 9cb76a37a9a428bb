package org.regionalpacs.wado.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regionalpacs.dicom.data.BulkData;

class JsonObjectsTest {
  /** What is found, joined by semicolons, and whether that is all there is. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                   | {}                   | true
          ` [ {"a":[{}]} , {"b":1} ] `         | {"a":[{}]};{"b":1}   | true
          []                                   | ``                   | true
          [{"a":"}]{[\\""},{}]                 | {"a":"}]{[\\""};{}   | true
          [{"a":"\\\\"},{}]                    | {"a":"\\\\"};{}      | true
          [{"名":"患者"}]                      | {"名":"患者"}        | true
          [{},                                 | {}                   | false
          [{},{"a":                            | {}                   | false
          [{},x,{}]                            | {}                   | false
          {}{}                                 | {}                   | false
          [{}]]                                | {}                   | false
          [,{}]                                | ``                   | false
          [[{}]]                               | ``                   | false
          ``                                   | ``                   | false
          """)
  void givenText_thenItsObjectsAreFound(String json, String objects, boolean whole)
      throws IOException {
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    JsonObjects.Found found = JsonObjects.find(new ByteArrayInputStream(text), 100, 10);

    List<String> texts = found.objects().stream().map(place -> text(text, place)).toList();
    assertThat(String.join(";", texts)).isEqualTo(objects);
    assertThat(found.problem().isEmpty()).isEqualTo(whole);
  }

  @Test
  void givenMoreObjectsThanAreTaken_thenTheSearchEnds() {
    byte[] text = "[{},{},{}]".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> JsonObjects.find(new ByteArrayInputStream(text), 0, 2))
        .isInstanceOf(TooLargeException.class)
        .hasMessageContaining("more than 2 objects");
  }

  private static String text(byte[] bytes, BulkData place) {
    return new String(
        bytes, (int) place.offset() - 100, (int) place.length(), StandardCharsets.UTF_8);
  }
}
