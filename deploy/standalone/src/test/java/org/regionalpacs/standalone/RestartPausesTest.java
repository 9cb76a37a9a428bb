package org.regionalpacs.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestartPausesTest {
  private static final Duration AT_ONCE = Duration.ZERO;

  private final RestartPauses pauses = new RestartPauses();

  @Test
  void givenItKeepsEnding_thenThePausesGrowToTheLongestAndNeverEnd() {
    assertThat(pauses.next(AT_ONCE)).isEqualTo(Duration.ofMillis(500));
    assertThat(pauses.next(AT_ONCE)).isEqualTo(Duration.ofSeconds(1));
    for (int i = 0; i < 100; i++) {
      pauses.next(AT_ONCE);
    }
    assertThat(pauses.next(AT_ONCE)).isEqualTo(RestartPauses.LONGEST);
    assertThat(pauses.failures()).isEqualTo(103);
  }

  @Test
  void givenItRanForAMinute_whenItEnds_thenItsFailuresAreForgotten() {
    pauses.next(AT_ONCE);
    pauses.next(AT_ONCE);

    assertThat(pauses.next(Duration.ofSeconds(61))).isEqualTo(Duration.ofMillis(500));
    assertThat(pauses.failures()).isEqualTo(1);
  }
}
