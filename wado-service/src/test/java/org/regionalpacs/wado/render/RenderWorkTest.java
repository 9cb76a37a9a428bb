package org.regionalpacs.wado.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.ClientAbortException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.regionalpacs.codec.CorruptFrameException;
import org.regionalpacs.wado.web.NotAcceptableException;
import org.regionalpacs.wado.web.UnavailableException;
import org.regionalpacs.wado.work.Room;
import org.regionalpacs.wado.work.Waiting;
import org.springframework.util.unit.DataSize;

class RenderWorkTest {
  private static final long MEGABYTE = 1 << 20;

  private final RenderWork work = work(Duration.ofMillis(20), Duration.ofSeconds(2));

  private final RenderWork patient = work(Duration.ofSeconds(30), Duration.ofSeconds(30));

  private static RenderWork work(Duration wait, Duration time) {
    return work(wait, time, 2);
  }

  private static RenderWork work(Duration wait, Duration time, int threads) {
    return new RenderWork(
        new RenderProperties(
            DataSize.ofMegabytes(8),
            threads,
            8,
            wait,
            time,
            10_000,
            64,
            85,
            DataSize.ofMegabytes(1)));
  }

  @AfterEach
  void stop() {
    work.stop();
    patient.stop();
  }

  @Test
  void givenAllTurnsAreTaken_whenOneMoreComes_thenItIsRefusedInTime() throws IOException {
    try (Room _ = work.take(1);
        Room _ = work.take(1)) {
      assertThatThrownBy(() -> work.take(1)).isInstanceOf(UnavailableException.class);
    }
    work.take(1).close();
  }

  @Test
  void givenALargeFrame_whenAnotherOneComes_thenThereIsNoRoomForIt() throws IOException {
    try (Room _ = work.take(5 * MEGABYTE)) {
      assertThatThrownBy(() -> work.take(4 * MEGABYTE)).isInstanceOf(UnavailableException.class);
    }
  }

  @Test
  void givenAFrameLargerThanAllMemory_thenItIsRefusedAtOnce() {
    assertThatThrownBy(() -> work.take(9 * MEGABYTE))
        .isInstanceOf(NotAcceptableException.class)
        .hasMessageContaining("too large");
  }

  @Test
  void givenAllTurnsAreTaken_whenOneEnds_thenTheNextHasIt() throws Exception {
    Room taken = patient.take(8 * MEGABYTE);
    CompletableFuture<Room> next = CompletableFuture.supplyAsync(() -> taken(8 * MEGABYTE));
    assertThat(next).isNotDone();

    taken.close();

    next.get(30, TimeUnit.SECONDS).close();
  }

  private Room taken(long bytes) {
    try {
      return patient.take(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void givenWorkThatHangs_thenTheRequestIsGivenUpAndTheThreadInterrupted() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);

    try (Room room = work.take(1)) {
      assertThatThrownBy(() -> room.run(() -> hang(interrupted)))
          .isInstanceOf(UnavailableException.class);
    }

    assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
  }

  private static Void hang(CountDownLatch interrupted) {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      interrupted.countDown();
    }
    throw new CancellationException();
  }

  @Test
  void givenWorkThatDoesNotEndInTime_thenItsMemoryIsHeldUntilItDoes() throws Exception {
    CountDownLatch end = new CountDownLatch(1);

    try (Room room = work.take(8 * MEGABYTE)) {
      assertThatThrownBy(() -> room.run(() -> deaf(end))).isInstanceOf(UnavailableException.class);
    }
    assertThatThrownBy(() -> work.take(1)).isInstanceOf(UnavailableException.class);

    end.countDown();
    await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> work.take(8 * MEGABYTE).close());
  }

  private static int deaf(CountDownLatch end) {
    while (true) {
      try {
        end.await();
        return 1;
      } catch (InterruptedException e) {
        // A call into a library that doesn't look up.
      }
    }
  }

  @Test
  void givenWorkThatNoThreadHasBegun_whenItIsGivenUp_thenItsMemoryIsGivenBack() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    // One room, and with it no more work than threads, but two pieces of work in it.
    RenderWork single = work(Duration.ofMillis(20), Duration.ofSeconds(2), 1);
    try (Room room = single.take(1)) {
      assertThatThrownBy(() -> room.run(() -> deaf(end))).isInstanceOf(UnavailableException.class);
      assertThatThrownBy(() -> room.run(() -> 2)).isInstanceOf(UnavailableException.class);
    }
    end.countDown();

    await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> single.take(1).close());
    single.stop();
  }

  @Test
  void givenTheClientGoes_thenTheWorkIsCancelled() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    AtomicBoolean gone = new AtomicBoolean();
    Waiting waiting = new Waiting(gone::get, Duration.ofMillis(1));

    try (Room room = patient.take(1, waiting)) {
      assertThatThrownBy(() ->
              room.run(() -> {
                gone.set(true);
                return hang(interrupted);
              }))
          .isInstanceOf(ClientAbortException.class);
    }

    assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void givenTheClientGoes_whileItWaitsForItsTurn_thenOthersHaveIt() throws Exception {
    try (Room _ = patient.take(8 * MEGABYTE)) {
      Waiting gone = new Waiting(() -> true, Duration.ofMillis(1));
      assertThatThrownBy(() -> patient.take(8 * MEGABYTE, gone))
          .isInstanceOf(ClientAbortException.class);
    }
    patient.take(8 * MEGABYTE).close();
  }

  @Test
  void givenWork_thenItsResultOrItsFailureComesBack() throws IOException {
    try (Room room = patient.take(1)) {
      assertThat(room.run(() -> Thread.currentThread().getName())).startsWith("render-");
      assertThatThrownBy(() ->
              room.run(() -> {
                throw new CorruptFrameException("broken");
              }))
          .isInstanceOf(CorruptFrameException.class);
    }
  }

  @Test
  void givenAPictureThatIsNotWantedAnyMore_thenItsEncodingEnds() {
    BufferedImage picture = new BufferedImage(500, 500, BufferedImage.TYPE_3BYTE_BGR);

    for (String type : List.of("image/jpeg", "image/png", "image/gif")) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> PictureWriter.encode(picture, type, 85))
          .isInstanceOf(CancellationException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
