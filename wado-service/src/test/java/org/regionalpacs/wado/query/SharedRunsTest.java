package org.regionalpacs.wado.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;

class SharedRunsTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(1);
  private static final int OTHERS = 5;

  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch end = new CountDownLatch(1);
  private final AtomicInteger index = new AtomicInteger(1);
  private final AtomicInteger looks = new AtomicInteger();

  @AfterEach
  void letEverybodyGo() {
    end.countDown();
  }

  @Test
  void givenARunUnderWay_whenOthersAsk_thenAllOfThemShareOneThatBeginsLater() {
    SharedRuns<String, Integer> runs = new SharedRuns<>(LONG, LONG);
    CompletableFuture<Integer> first = slow(runs);
    List<Thread> others = new ArrayList<>();
    List<CompletableFuture<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < OTHERS; i++) {
      CompletableFuture<Integer> answer = new CompletableFuture<>();
      answers.add(answer);
      others.add(Thread.ofPlatform().start(() -> answer.complete(runs.get("a", this::look))));
    }
    others.forEach(SharedRunsTest::awaitWaiting);

    // Something is indexed before the first has its answer.
    index.set(2);
    end.countDown();

    assertThat(first.orTimeout(30, TimeUnit.SECONDS).join()).isEqualTo(1);
    assertThat(answers)
        .allSatisfy(one -> assertThat(one.orTimeout(30, TimeUnit.SECONDS).join()).isEqualTo(2));
    assertThat(looks).hasValue(2);
  }

  @Test
  void givenARunThatEnded_whenAskedAgain_thenItIsLookedUpAnew() {
    SharedRuns<String, Integer> runs = new SharedRuns<>(LONG, LONG);
    assertThat(runs.get("a", this::look)).isEqualTo(1);

    index.set(2);

    assertThat(runs.get("a", this::look)).isEqualTo(2);
  }

  @Test
  void givenARunUnderWay_whenSomethingElseIsAsked_thenItDoesNotWait() {
    SharedRuns<String, Integer> runs = new SharedRuns<>(LONG, LONG);
    slow(runs);

    assertThat(runs.get("b", this::look)).isEqualTo(1);
  }

  @Test
  void givenARunThatTakesLong_whenAnotherAsks_thenItRunsBesideIt() {
    SharedRuns<String, Integer> runs = new SharedRuns<>(SHORT, LONG);
    CompletableFuture<Integer> first = slow(runs);
    index.set(2);

    assertThat(runs.get("a", this::look)).isEqualTo(2);
    assertThat(first).isNotDone();
  }

  @Test
  void givenARunThatFails_thenItIsNotRememberedAndOthersGetTheSame() {
    SharedRuns<String, Integer> runs = new SharedRuns<>(LONG, LONG);
    slow(runs);
    CompletableFuture<Integer> leader = new CompletableFuture<>();
    Thread leading = ask(runs, leader);
    awaitWaiting(leading);
    CompletableFuture<Integer> follower = new CompletableFuture<>();
    awaitWaiting(ask(runs, follower));

    end.countDown();

    for (CompletableFuture<Integer> one : List.of(leader, follower)) {
      assertThatThrownBy(() -> one.get(30, TimeUnit.SECONDS))
          .hasCauseInstanceOf(ArithmeticException.class);
    }
    assertThat(runs.get("a", this::look)).isEqualTo(1);
  }

  @Test
  void givenAnAnswerThatDoesNotCome_thenNobodyWaitsForEver() {
    SharedRuns<String, Integer> runs = new SharedRuns<>(LONG, SHORT);
    slow(runs);
    awaitWaiting(ask(runs, new CompletableFuture<>()));

    assertThatThrownBy(() -> runs.get("a", this::look)).isInstanceOf(QueryTimeoutException.class);
  }

  private int look() {
    looks.incrementAndGet();
    return index.get();
  }

  /** A run that has begun, and ends when it may. */
  private CompletableFuture<Integer> slow(SharedRuns<String, Integer> runs) {
    CompletableFuture<Integer> answer =
        CompletableFuture.supplyAsync(() ->
            runs.get(
                "a",
                () -> {
                  int found = look();
                  begun.countDown();
                  await(end);
                  return found;
                }));
    await(begun);
    return answer;
  }

  /** Asks for what fails. */
  private static Thread ask(SharedRuns<String, Integer> runs, CompletableFuture<Integer> answer) {
    return Thread.ofPlatform()
        .start(() -> {
          try {
            answer.complete(
                runs.get(
                    "a",
                    () -> {
                      throw new ArithmeticException("the index is wrong");
                    }));
          } catch (ArithmeticException e) {
            answer.completeExceptionally(e);
          }
        });
  }

  private static void awaitWaiting(Thread thread) {
    long deadline = System.nanoTime() + LONG.toNanos();
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
