package org.regionalpacs.wado.retrieve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class SharedLookupsTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger truth = new AtomicInteger();
  private final AtomicInteger started = new AtomicInteger();
  private final CountDownLatch firstMayEnd = new CountDownLatch(1);
  private final AtomicInteger asked = new AtomicInteger();

  @AfterEach
  void end() {
    firstMayEnd.countDown();
    threads.close();
  }

  /** The first look-up sees what was true when it began, and takes its time. */
  private Integer lookUp(String key) {
    boolean first = started.incrementAndGet() == 1;
    int seen = truth.get();
    if (first) {
      waitFor(firstMayEnd);
    }
    return seen;
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void givenALookUpUnderWay_whenManyAskAfterAChange_thenOneMoreTellsAllOfThemOfIt()
      throws Exception {
    SharedLookups<String, Integer> lookups = new SharedLookups<>(this::lookUp, LONG);
    Future<Integer> first = threads.submit(() -> lookups.now("a"));
    await().atMost(LONG).until(() -> started.get() == 1);
    truth.set(1);

    List<Future<Integer>> others = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      others.add(
          threads.submit(() -> {
            asked.incrementAndGet();
            return lookups.now("a");
          }));
    }
    await().atMost(LONG).until(() -> asked.get() == 100);
    assertThat(others).noneMatch(Future::isDone);
    firstMayEnd.countDown();

    assertThat(first.get()).isZero();
    for (Future<Integer> other : others) {
      assertThat(other.get()).as("never what was true before it asked").isEqualTo(1);
    }
    // Who had asked but not yet joined when the second began got a third.
    assertThat(started.get()).isBetween(2, 10);
  }

  @Test
  void givenALookUpUnderWay_whenSomethingElseIsAsked_thenItDoesNotWait() {
    SharedLookups<String, Integer> lookups = new SharedLookups<>(this::lookUp, LONG);
    threads.submit(() -> lookups.now("a"));
    await().atMost(LONG).until(() -> started.get() == 1);

    assertThat(lookups.now("b")).isZero();
  }

  @Test
  void givenALookUpThatHangs_whenAskedAgain_thenNobodyWaitsLongerThanTheLimit() {
    SharedLookups<String, Integer> lookups =
        new SharedLookups<>(this::lookUp, Duration.ofMillis(50));
    threads.submit(() -> lookups.now("a"));
    await().atMost(LONG).until(() -> started.get() == 1);

    assertThat(lookups.now("a")).isZero();
  }

  @Test
  void givenAFailure_whenAskedAgain_thenOnlyWhoAskedMeanwhileHearsOfIt() throws Exception {
    SharedLookups<String, Integer> lookups =
        new SharedLookups<>(
            key -> {
              int seen = lookUp(key);
              if (started.get() == 2) {
                throw new IllegalArgumentException("refused");
              }
              return seen;
            },
            LONG);
    Future<Integer> first = threads.submit(() -> lookups.now("a"));
    await().atMost(LONG).until(() -> started.get() == 1);
    Future<Integer> second = threads.submit(() -> lookups.now("a"));
    firstMayEnd.countDown();

    assertThat(first.get()).isZero();
    assertThatThrownBy(second::get)
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("refused");
    assertThat(lookups.now("a")).isZero();
  }
}
