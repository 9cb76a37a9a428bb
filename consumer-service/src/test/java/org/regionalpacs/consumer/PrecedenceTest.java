package org.regionalpacs.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrecedenceTest {
  private static final long SECOND = 1_000_000_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final Duration AGE = Duration.ofSeconds(3);

  private final ScheduledExecutorService bursts = Executors.newSingleThreadScheduledExecutor();

  @ParameterizedTest(name = "{0} objects each {1} ms for {2} s: busy {3}")
  @CsvSource({
    "5, 200, 60, false",
    "10, 200, 60, false",
    "1, 20, 60, false",
    "25, 200, 2, true",
    "500, 1000, 2, true"
  })
  void givenObjects_whenTheyArriveAtARate_thenItIsBusyAboveFiftyASecond(
      int objects, int millis, int seconds, boolean busy) {
    Precedence precedence = sinceZero();
    long now = 0;
    for (; now < seconds * SECOND; now += millis * SECOND / 1000) {
      precedence.indexing(objects, now);
    }

    assertThat(precedence.busy(now)).isEqualTo(busy);
  }

  @Test
  void givenABurst_whenItEnds_thenItIsOverASecondLaterHoweverLongItWas() {
    Precedence precedence = sinceZero();
    for (long second = 0; second < 1000; second++) {
      precedence.indexing(500, second * SECOND);
    }

    assertThat(precedence.busy(1000 * SECOND - 1)).isTrue();
    assertThat(precedence.busy(1000 * SECOND + 1)).isFalse();
  }

  @Test
  void givenABurst_whenAnObjectHasWaitedLongest_thenItWaitsNoLonger() {
    Precedence precedence = inABurst(Duration.ofMillis(300));
    long before = System.nanoTime();

    precedence.letPass(List.of(accepted(Duration.ZERO)));

    assertThat(Duration.ofNanos(System.nanoTime() - before))
        .isBetween(Duration.ofMillis(250), PATIENCE);
  }

  @Test
  void givenABurst_whenAmongTheObjectsIsAnOldOne_thenNoneWaits() throws Exception {
    Precedence precedence = inABurst(LONGEST);

    passing(precedence, accepted(Duration.ZERO), accepted(LONGEST)).get(60, TimeUnit.SECONDS);
  }

  @Test
  void givenNoBurst_whenAnObjectComes_thenItPasses() throws Exception {
    Precedence precedence = with(LONGEST);
    precedence.indexing(10);

    passing(precedence, accepted(Duration.ZERO)).get(60, TimeUnit.SECONDS);
  }

  @Test
  void givenThatNothingEverWaits_whenThereIsABurst_thenObjectsPass() throws Exception {
    Precedence precedence = inABurst(Duration.ZERO);

    passing(precedence, accepted(Duration.ZERO)).get(60, TimeUnit.SECONDS);
    assertThat(precedence.patience(AGE)).isEqualTo(AGE);
  }

  @Test
  void givenObjectsThatWait_whenTheServiceStops_thenTheyPass() throws Exception {
    Precedence precedence = inABurst(LONGEST);
    CompletableFuture<Void> waiting = passing(precedence, accepted(Duration.ZERO));
    await().during(Duration.ofMillis(150)).atMost(PATIENCE).until(() -> !waiting.isDone());

    precedence.stop();

    waiting.get(60, TimeUnit.SECONDS);
    assertThat(precedence.isRunning()).isFalse();
  }

  @Test
  void givenABurst_whenTheLoaderAsks_thenItsBatchesGrowOlderButNeverYounger() {
    assertThat(with(LONGEST).patience(AGE)).isEqualTo(AGE);

    Precedence precedence = inABurst(LONGEST);

    assertThat(precedence.patience(AGE)).isEqualTo(LONGEST);
    assertThat(precedence.patience(LONGEST.multipliedBy(2))).isEqualTo(LONGEST.multipliedBy(2));
  }

  @SafeVarargs
  private static CompletableFuture<Void> passing(
      Precedence precedence, ConsumerRecord<String, byte[]>... objects) {
    return CompletableFuture.runAsync(() -> precedence.letPass(List.of(objects)));
  }

  /** A burst that goes on until the test ends. */
  private Precedence inABurst(Duration longest) {
    Precedence precedence = with(longest);
    precedence.indexing(500);
    bursts.scheduleAtFixedRate(() -> precedence.indexing(500), 50, 50, TimeUnit.MILLISECONDS);
    return precedence;
  }

  @AfterEach
  void endBursts() {
    bursts.shutdownNow();
  }

  private static Precedence sinceZero() {
    return new Precedence(new PrecedenceProperties(50, LONGEST), 0);
  }

  private static Precedence with(Duration longest) {
    return new Precedence(new PrecedenceProperties(50, longest));
  }

  private static ConsumerRecord<String, byte[]> accepted(Duration ago) {
    return new ConsumerRecord<>(
        "storage_queue",
        0,
        0,
        System.currentTimeMillis() - ago.toMillis(),
        TimestampType.CREATE_TIME,
        0,
        0,
        "key",
        new byte[0],
        new RecordHeaders(),
        Optional.empty());
  }
}
