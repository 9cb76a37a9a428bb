package org.regionalpacs.webworker.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BackgroundJobTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration SOON = Duration.ofSeconds(30);

  @Test
  void givenAJobOfOnceADayWhoseDatabaseIsAway_whenItIsBack_thenItIsTriedAgainWithinSeconds() {
    AtomicInteger turns = new AtomicInteger();
    BackgroundJob job =
        new BackgroundJob(
            "daily",
            DAY,
            () -> {
              if (turns.incrementAndGet() == 1) {
                throw new IllegalStateException("no database");
              }
            });
    job.start();
    try {
      await().atMost(SOON).untilAsserted(() -> assertThat(job.failure()).isPresent());
      await().atMost(SOON).untilAsserted(() -> assertThat(job.failure()).isEmpty());
      assertThat(turns).hasValue(2);
    } finally {
      job.stop();
    }
    assertThat(job.isRunning()).isFalse();
  }
}
