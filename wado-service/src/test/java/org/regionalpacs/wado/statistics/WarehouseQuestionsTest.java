package org.regionalpacs.wado.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.regionalpacs.wado.web.UnavailableException;
import org.regionalpacs.warehouse.WarehouseUnavailableException;
import org.regionalpacs.warehouse.postgres.TestWarehouse;

class WarehouseQuestionsTest {
  private static TestWarehouse test;

  @BeforeAll
  static void open() {
    test = new TestWarehouse(Clock.systemUTC());
  }

  @AfterAll
  static void close() {
    test.close();
  }

  @Test
  void givenAllTurnsAreTaken_whenOneMoreAsks_thenItIsRefusedInTimeAndServedLater()
      throws Exception {
    WarehouseQuestions questions = questions(2, Duration.ofMillis(20));
    CountDownLatch asking = new CountDownLatch(2);
    CountDownLatch end = new CountDownLatch(1);
    CompletableFuture<?>[] slow = {asking(questions, asking, end), asking(questions, asking, end)};
    assertThat(await(asking)).isTrue();

    assertThatThrownBy(() -> questions.ask(_ -> "never"))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("Too many");

    end.countDown();
    CompletableFuture.allOf(slow).get(30, TimeUnit.SECONDS);
    assertThat(questions.<String>ask(_ -> "served")).isEqualTo("served");
  }

  @Test
  void givenTheWarehouseIsAway_whenAsked_thenItIsUnavailableAndTheTurnIsFreeAgain() {
    WarehouseQuestions questions = questions(1, Duration.ZERO);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() ->
              questions.ask(_ -> {
                throw new WarehouseUnavailableException("refused");
              }))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("warehouse");
    }
  }

  /** In a thread of its own, until it is to end. */
  private static CompletableFuture<?> asking(
      WarehouseQuestions questions, CountDownLatch asking, CountDownLatch end) {
    CompletableFuture<Object> done = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() ->
            done.complete(
                questions.ask(_ -> {
                  asking.countDown();
                  return await(end);
                })));
    return done;
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static WarehouseQuestions questions(int concurrent, Duration wait) {
    return new WarehouseQuestions(
        test.warehouse(), new StatisticsProperties(concurrent, wait, 731));
  }
}
