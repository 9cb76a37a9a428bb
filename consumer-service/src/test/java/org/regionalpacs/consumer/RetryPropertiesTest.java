package org.regionalpacs.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryPropertiesTest {
  @Test
  void thePausesGrowUpToTheLongest() {
    RetryProperties retry = new RetryProperties(Duration.ofMillis(200), Duration.ofSeconds(30), 2);

    assertThat(retry.after(1)).isEqualTo(Duration.ofMillis(200));
    assertThat(retry.after(2)).isEqualTo(Duration.ofMillis(400));
    assertThat(retry.after(8)).isEqualTo(Duration.ofMillis(25_600));
    assertThat(retry.after(9)).isEqualTo(Duration.ofSeconds(30));
    assertThat(retry.after(1_000_000)).isEqualTo(Duration.ofSeconds(30));
  }
}
