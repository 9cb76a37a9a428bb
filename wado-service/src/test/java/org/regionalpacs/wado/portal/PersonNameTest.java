package org.regionalpacs.wado.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class PersonNameTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Doe^John^Q^Dr^Jr | | en | Doe, Dr John Q, Jr",
        "Wang^XiaoDong | 王^小东 | en | Wang, XiaoDong (王小东)",
        "Wang^XiaoDong | 王^小东 | zh | 王小东 (Wang, XiaoDong)",
        " | 王^小东 | en | 王小东",
        "PHANTOM | | en | PHANTOM",
        "^John | | en | John",
        "^^^^ | | en | ''"
      })
  void givenAName_thenItIsShownAsPeopleWriteIt(
      String alphabetic, String ideographic, String language, String shown) {
    String json =
        "{\"vr\":\"PN\",\"Value\":[{\"Alphabetic\":\"%s\",\"Ideographic\":\"%s\"}]}"
            .formatted(
                alphabetic == null ? "" : alphabetic, ideographic == null ? "" : ideographic);

    assertThat(PersonName.shown(JsonMapper.shared().readTree(json), Locale.of(language)))
        .isEqualTo(shown);
  }
}
