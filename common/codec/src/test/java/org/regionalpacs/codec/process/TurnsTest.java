package org.regionalpacs.codec.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.regionalpacs.codec.CodecUnavailableException;

class TurnsTest {
  private static FutureTask<Boolean> taking(Turns turns) {
    FutureTask<Boolean> task =
        new FutureTask<>(() -> {
          turns.take();
          return true;
        });
    return task;
  }

  @Test
  void givenAllAreTaken_thenSoManyWaitAndOthersAreRefusedAtOnce() throws Exception {
    Turns turns = new Turns(1, 1, Duration.ofMinutes(1));
    turns.take();
    FutureTask<Boolean> second = taking(turns);
    Thread.ofVirtual().start(second);
    await().until(() -> turns.waiting() == 1);

    assertThatThrownBy(turns::take)
        .isInstanceOf(CodecUnavailableException.class)
        .hasMessageContaining("busy");
    assertThat(second).isNotDone();
    turns.giveBack();
    assertThat(second.get()).isTrue();
    assertThat(turns.waiting()).isZero();
  }

  @Test
  void givenItTakesTooLong_thenNobodyWaitsAnyMore() throws Exception {
    Turns turns = new Turns(1, 1, Duration.ofMillis(20));
    turns.take();

    assertThatThrownBy(turns::take).isInstanceOf(CodecUnavailableException.class);
    assertThat(turns.waiting()).isZero();
  }

  @Test
  void givenWhoWaitsIsInterrupted_thenItIsCancelled() throws Exception {
    Turns turns = new Turns(1, 1, Duration.ofMinutes(1));
    turns.take();
    Thread.currentThread().interrupt();

    assertThatThrownBy(turns::take).isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
    turns.giveBack();
    turns.take();
  }
}
