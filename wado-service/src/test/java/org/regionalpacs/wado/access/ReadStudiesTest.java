package org.regionalpacs.wado.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.regionalpacs.index.StudyReads.Read;

/** Nobody who reads waits for the record of it. */
@Timeout(180)
class ReadStudiesTest {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<Read> written = new ArrayList<>();

  @Test
  void givenAStudyIsReadOnAndOn_whenWritten_thenOnceInTheInterval() {
    ReadStudies reads = reads(written::addAll, Duration.ofHours(1));
    for (int i = 0; i < 100; i++) {
      reads.read("default", "1.2", false);
    }
    reads.read("other", "1.2", false);
    reads.flush();
    reads.read("default", "1.2", false);
    reads.flush();

    assertThat(written).extracting(Read::tenant).containsExactlyInAnyOrder("default", "other");
    assertThat(written).extracting(Read::at).allMatch(at -> at > 1_700_000_000_000L);
  }

  @Test
  void givenMetadataAndObjectsOfAStudy_whenWritten_thenItIsOneRead() {
    ReadStudies reads = reads(written::addAll, Duration.ofHours(1));
    reads.read("default", "1.2", false);
    reads.read("default", "1.2", true);

    reads.flush();

    assertThat(written).hasSize(1);
    assertThat(written.getFirst().objects()).isTrue();
  }

  @Test
  void givenTheDatabaseIsAway_whenItIsBack_thenWhatWaitedIsWritten() {
    boolean[] away = {true};
    ReadStudies reads =
        reads(
            batch -> {
              if (away[0]) {
                throw new IllegalStateException("away");
              }
              written.addAll(batch);
            },
            Duration.ofHours(1));
    reads.read("default", "1.2", true);
    reads.flush();
    assertThat(written).isEmpty();
    away[0] = false;

    reads.flush();

    assertThat(written).hasSize(1);
  }

  @Test
  void givenTooMany_whenRead_thenTheRestIsForgottenAndCounted() {
    ReadStudies reads = reads(written::addAll, Duration.ofHours(1));
    for (int i = 0; i < 10_005; i++) {
      reads.read("default", "1." + i, true);
    }
    reads.flush();

    assertThat(written).hasSize(10_000);
    assertThat(meters.counter("pacs.eviction.reads.forgotten").count()).isEqualTo(5);
    reads.read("default", "1.10004", true);
    reads.flush();
    assertThat(written).hasSize(10_001);
  }

  @Test
  void givenTheDatabaseHangs_whenRead_thenNobodyWaits() throws Exception {
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    ReadStudies reads =
        reads(
            _ -> {
              writing.countDown();
              try {
                release.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            Duration.ZERO);
    reads.start();
    reads.read("default", "1.2", true);
    assertThat(writing.await(30, TimeUnit.SECONDS)).isTrue();

    reads.read("default", "1.3", true);

    release.countDown();
    reads.stop();
    assertThat(reads.isRunning()).isFalse();
  }

  @Test
  void givenItStops_whenSomethingWaits_thenItIsWritten() {
    ReadStudies reads = reads(written::addAll, Duration.ofHours(1), Duration.ofMinutes(5));
    reads.start();
    reads.read("default", "1.2", true);
    await().until(reads::isRunning);

    reads.stop();

    assertThat(written).hasSize(1);
  }

  private ReadStudies reads(ReadStudies.Writer writer, Duration interval) {
    return reads(writer, interval, Duration.ofMillis(10));
  }

  private ReadStudies reads(ReadStudies.Writer writer, Duration interval, Duration flush) {
    return new ReadStudies(writer, new AccessProperties(flush, interval), meters);
  }
}
