package org.regionalpacs.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class PatienceTest {
  @Test
  void givenNoLimit_whenAwaited_thenItIsTheLongOne() {
    AtomicReference<Duration> left = new AtomicReference<>();
    Awaitility.await()
        .conditionEvaluationListener(
            condition -> left.set(Duration.ofMillis(condition.getRemainingTimeInMS())))
        .until(() -> true);

    assertThat(left.get()).isGreaterThan(Duration.ofSeconds(30));
  }
}
