package org.regionalpacs.index;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextValuesTest {
  @ParameterizedTest
  @CsvSource({
    "20260102, 20260102",
    "2026.01.02, 20260102",
    "2026.0102, ''",
    "20261302, ''",
    "2026, ''",
    "20260101-20260102, ''",
    "'', ''"
  })
  void datesAreNormalisedOrEmpty(String raw, String date) {
    assertThat(TextValues.date(raw)).isEqualTo(date);
  }

  @ParameterizedTest
  @CsvSource({
    "01, 010000.000000",
    "0102, 010200.000000",
    "010203, 010203.000000",
    "010203.4, 010203.400000",
    "01:02:03, 010203.000000",
    "1, ''",
    "010203.1234567, ''"
  })
  void timesAreFilledOrEmpty(String raw, String time) {
    assertThat(TextValues.time(raw)).isEqualTo(time);
  }

  @Test
  void cuttingLeavesNoHalfCharacters() {
    assertThat(TextValues.clean("a\0b𠮷", 3)).isEqualTo("ab");
    assertThat(TextValues.clean("a\0b𠮷", 4)).isEqualTo("ab𠮷");
    assertThat(TextValues.clean("\uD800x", 4)).isEqualTo("\uFFFDx");
  }

  @Test
  void foldingForgetsCaseWidthAndAccents() {
    assertThat(Folding.fold("Müller^Ａnn=山田")).isEqualTo("muller^ann=山田");
    assertThat(Folding.fold("TITLE İ")).isEqualTo("title i");
  }
}
