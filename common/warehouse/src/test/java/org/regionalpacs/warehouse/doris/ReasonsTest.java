package org.regionalpacs.warehouse.doris;

import static org.assertj.core.api.Assertions.assertThat;
import static org.regionalpacs.warehouse.WarehouseTable.DICOM_IMAGE_META;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReasonsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "column_name[patient_id], too long. first 32 bytes of input str: [4711] schema length: 4;"
            + "|column_name[patient_id], too long. first 32 bytes of",
        "column_name[patient_id], null value for not null column. src line [{4711}];"
            + "|column_name[patient_id], null value for not null column.",
        "value [4711] and '4711' and \"4711\" of `kvp`|value [...] and [...] and [...] of [kvp]",
        "no partition for this tuple. tuple=|no partition for this",
        "parse error {\"patient_id\": \"4711\"}|parse error",
        "[DATA_QUALITY_ERROR]too many filtered rows|[DATA_QUALITY_ERROR]too many filtered rows",
        "unfinished [4711|unfinished [...]",
        "src line 4711|no reason given"
      })
  void givenAReason_whenTold_thenItsValuesAreNot(String said, String told) {
    assertThat(Reasons.of(said, DICOM_IMAGE_META)).isEqualTo(told);
  }

  @Test
  void givenALogOfManyRows_whenRead_thenEachReasonIsThereOnceAndOnlyAFew() {
    String log = "Reason: column_name[kvp], bad. src line [4711];\n".repeat(1000);
    StringBuilder many = new StringBuilder(log);
    for (char c = 'a'; c < 'z'; c++) {
      many.append("Reason: ").append(c).append("\n");
    }

    assertThat(Reasons.inLog(log, DICOM_IMAGE_META)).isEqualTo("column_name[kvp], bad.");
    assertThat(Reasons.inLog(many.toString(), DICOM_IMAGE_META).split("; ")).hasSize(5);
  }

  @Test
  void givenALongReason_whenTold_thenItIsCut() {
    assertThat(Reasons.of("x".repeat(5000), DICOM_IMAGE_META)).hasSize(200);
  }
}
