package org.regionalpacs.storescp.receive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regionalpacs.intake.IntakeException.Reason;

class IntakeStatusTest {
  @ParameterizedTest
  @CsvSource({
    "OUT_OF_RESOURCES, A700",
    "MISSING_IDENTITY, A900",
    "IDENTITY_MISMATCH, A900",
    "INVALID_UID, 0117",
    "CANNOT_UNDERSTAND, C000",
    "NOT_PUBLISHED, A700"
  })
  void givenAReason_whenRefused_thenTheStatusSaysSo(Reason reason, String status) {
    assertThat("%04X".formatted(IntakeStatus.of(reason).code())).isEqualTo(status);
  }
}
