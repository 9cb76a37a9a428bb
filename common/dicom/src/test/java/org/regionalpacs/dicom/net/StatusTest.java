package org.regionalpacs.dicom.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusTest {
  @ParameterizedTest
  @CsvSource({
    "0000, SUCCESS",
    "0107, WARNING",
    "B000, WARNING",
    "BFFF, WARNING",
    "A701, FAILURE",
    "A901, FAILURE",
    "C123, FAILURE",
    "0110, FAILURE",
    "7777, FAILURE",
    "FE00, CANCEL",
    "FF00, PENDING"
  })
  void givenACode_whenAsked_thenItsCategory(String code, Status.Category category) {
    assertThat(Status.categoryOf(Integer.parseInt(code, 16))).isEqualTo(category);
  }

  @Test
  void givenTheTable_thenEveryCodeIsUniqueAndHasItsSection() {
    assertThat(Status.values()).extracting(Status::code).doesNotHaveDuplicates();
    assertThat(Status.values()).allMatch(status -> status.section().startsWith("PS3."));
  }

  @Test
  void givenACodeOfARange_whenDescribed_thenTheRangesMeaning() {
    assertThat(Status.describe(0xA7FF)).isEqualTo("A7FF (Refused: Out of resources)");
    assertThat(Status.describe(0x7777)).isEqualTo("7777");
  }
}
