package org.regionalpacs.wado.prefetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.unit.DataSize;

/** However much is opened, little is prefetched at a time, and nobody waits for it. */
@Timeout(180)
@ExtendWith(OutputCaptureExtension.class)
class PrefetchesTest {
  private static final int WORKERS = 2;
  private static final int WAITING = 50;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final ConcurrentLinkedQueue<Opened> done = new ConcurrentLinkedQueue<>();
  private final Semaphore turns = new Semaphore(0);
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger mostRunning = new AtomicInteger();
  private Optional<Prefetches> started = Optional.empty();

  @AfterEach
  void stop() {
    turns.release(10_000);
    started.ifPresent(Prefetches::stop);
  }

  @Test
  void givenAThousandStudies_whenOpenedAtOnce_thenFewRunSomeWaitAndTheRestIsCounted() {
    Prefetches prefetches = start(this::inTurn, Duration.ofHours(1));
    opened(prefetches, "1.0");
    opened(prefetches, "1.1");
    await().until(() -> running.get() == WORKERS);

    for (int i = 2; i < 1000; i++) {
      opened(prefetches, "1." + i);
    }

    assertThat(prefetches.waiting()).isEqualTo(WAITING);
    assertThat(meters.get("pacs.prefetch.waiting").gauge().value()).isEqualTo(WAITING);
    assertThat(count("pacs.prefetch.dropped")).isEqualTo(1000 - WORKERS - WAITING);
    turns.release(1000);
    await().until(() -> done.size() == WORKERS + WAITING);
    assertThat(mostRunning).hasValue(WORKERS);
  }

  @Test
  void givenAStudy_whenOpenedOnAndOn_thenItIsPrefetchedOnceInTheInterval() {
    turns.release(100);
    Prefetches prefetches = start(this::inTurn, Duration.ofHours(1));
    for (int i = 0; i < 10; i++) {
      opened(prefetches, "1.2");
    }
    await().until(() -> done.size() == 1);
    opened(prefetches, "1.2");
    prefetches.opened(new Opened(new StudyKey("other", "1.2"), Optional.empty()));

    await().until(() -> done.size() == 2);
    assertThat(done)
        .extracting(each -> each.study().tenant())
        .containsExactlyInAnyOrder("default", "other");
  }

  @Test
  void givenAStudyThatIsPrefetched_whenSeriesOfItAreRead_thenTheLastIsNextAndNeverBesideIt() {
    Prefetches prefetches = start(this::inTurn, Duration.ofHours(1));
    opened(prefetches, "1.2");
    await().until(() -> running.get() == 1);
    prefetches.opened(new Opened(key("1.2"), Optional.of("1.2.1")));
    prefetches.opened(new Opened(key("1.2"), Optional.of("1.2.2")));
    opened(prefetches, "1.3");

    await().until(() -> running.get() == WORKERS);
    assertThat(prefetches.waiting()).isEqualTo(1);
    turns.release(100);
    await().until(() -> done.size() == 3);
    assertThat(done.stream().filter(each -> each.study().equals(key("1.2"))).toList())
        .extracting(Opened::series)
        .containsExactly(Optional.empty(), Optional.of("1.2.2"));
  }

  @Test
  void givenStudies_whenDeleted_thenTheirPrefetchingEnds() {
    ConcurrentLinkedQueue<Boolean> wanted = new ConcurrentLinkedQueue<>();
    Prefetches prefetches =
        start(
            (opened, still) -> {
              inTurn(opened, still);
              wanted.add(still.getAsBoolean());
            },
            Duration.ofHours(1));
    opened(prefetches, "1.2");
    opened(prefetches, "1.3");
    await().until(() -> running.get() == WORKERS);
    opened(prefetches, "1.4");

    List.of("1.2", "1.4").forEach(study -> prefetches.forget(key(study)));

    assertThat(prefetches.waiting()).isZero();
    turns.release(100);
    await().until(() -> wanted.size() == 2);
    assertThat(wanted).containsExactlyInAnyOrder(true, false);
    await()
        .untilAsserted(() ->
            assertThat(meters.get("pacs.prefetch.studies").tag("outcome", "forgotten").counter())
                .extracting(Counter::count)
                .isEqualTo(2.0));
    // Stored anew, it is another one.
    opened(prefetches, "1.2");
    await().until(() -> done.size() == 3);
  }

  @Test
  void givenTheArchiveIsAway_whenManyAreOpened_thenItIsSaidOnceAndGoesOnWhenItIsBack(
      CapturedOutput output) {
    boolean[] away = {true};
    Prefetches prefetches =
        start(
            (opened, _) -> {
              if (away[0]) {
                throw new IOException("no place of the object can be reached");
              }
              done.add(opened);
            },
            Duration.ofHours(1));
    for (int i = 0; i < 20; i++) {
      opened(prefetches, "1." + i);
    }
    await()
        .until(() ->
            meters.counter("pacs.prefetch.studies", "outcome", "failed").count() == 20
                && prefetches.waiting() == 0);
    // Said once they are counted.
    await()
        .untilAsserted(
            () -> assertThat(output.getAll().split("can't be prefetched", -1)).hasSize(2));

    away[0] = false;
    opened(prefetches, "2.1");

    await().until(() -> done.size() == 1);
  }

  private Prefetches start(Prefetches.Work work, Duration interval) {
    PrefetchProperties properties =
        new PrefetchProperties(true, WORKERS, WAITING, 16, DataSize.ofMegabytes(1), true, interval);
    Prefetches prefetches = new Prefetches(work, properties, new PrefetchMetrics(meters));
    prefetches.start();
    started = Optional.of(prefetches);
    return prefetches;
  }

  private void inTurn(Opened opened, BooleanSupplier wanted) {
    mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
    try {
      assertThat(turns.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
      done.add(opened);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      running.decrementAndGet();
    }
  }

  private static void opened(Prefetches prefetches, String study) {
    prefetches.opened(new Opened(key(study), Optional.empty()));
  }

  private static StudyKey key(String study) {
    return new StudyKey("default", study);
  }

  private double count(String name) {
    return meters.counter(name).count();
  }
}
