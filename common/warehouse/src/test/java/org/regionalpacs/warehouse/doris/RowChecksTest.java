package org.regionalpacs.warehouse.doris;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.warehouse.Row;
import org.regionalpacs.warehouse.RowsRefusedException;
import org.regionalpacs.warehouse.SampleRows;

@Timeout(180)
class RowChecksTest {

  @ParameterizedTest
  @ValueSource(strings = {"1E+18", "-1E+18", "1E+999999999", "999999999999999999.9999999999"})
  void givenANumberThatIsTooLarge_whenChecked_thenItIsRefused(String number) {
    assertThatThrownBy(() -> RowChecks.check(List.of(image().set("dap", new BigDecimal(number)))))
        .isInstanceOf(RowsRefusedException.class)
        .hasMessage("row 1 of dicom_image_meta: dap is too large a number");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "0E+99", "1E-999999999", "1E-10", "999999999999999999.999999999", "-1E+17"})
  void givenANumberThatFits_whenChecked_thenItIsTaken(String number) {
    assertThatCode(() -> RowChecks.check(List.of(image().set("dap", new BigDecimal(number)))))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1E-999999999", "4E-10", "0E+99"})
  void givenNextToNothing_whenWritten_thenItIsZero(String number) {
    String line =
        new String(
            JsonLines.write(List.of(image().set("dap", new BigDecimal(number))), false),
            StandardCharsets.UTF_8);

    assertThat(line).matches("(?s).*\"dap\":\"0(\\.0+)?\".*\n");
  }

  @Test
  void givenADayOrMomentThatDorisHasNot_whenChecked_thenItIsRefused() {
    assertRefused(image().set("study_date", LocalDate.of(10000, 1, 1)), "study_date");
    assertRefused(image().set("study_date", LocalDate.of(-1, 1, 1)), "study_date");
    assertRefused(image().set("acquired", Instant.MAX), "acquired");
    assertRefused(image().set("acquired", Instant.MIN), "acquired");
  }

  private static void assertRefused(Row row, String column) {
    assertThatThrownBy(() -> RowChecks.check(List.of(image(), row)))
        .isInstanceOf(RowsRefusedException.class)
        .hasMessageContaining("row 2 of dicom_image_meta: " + column);
  }

  private static Row image() {
    return SampleRows.image("t", "1.2", "1.2.3");
  }
}
