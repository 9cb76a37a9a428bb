package org.regionalpacs.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ParkingPropertiesTest {
  @Test
  void thePausesDoubleUpToTheLongest() {
    ParkingProperties parking =
        new ParkingProperties(1, Duration.ofSeconds(5), Duration.ofMinutes(10), Duration.ofDays(7));

    assertThat(parking.pause(1)).isEqualTo(Duration.ofSeconds(5));
    assertThat(parking.pause(2)).isEqualTo(Duration.ofSeconds(10));
    assertThat(parking.pause(7)).isEqualTo(Duration.ofSeconds(320));
    assertThat(parking.pause(8)).isEqualTo(Duration.ofMinutes(10));
    assertThat(parking.pause(1_000_000)).isEqualTo(Duration.ofMinutes(10));
  }
}
