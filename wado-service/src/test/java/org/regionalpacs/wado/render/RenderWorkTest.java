package org.regionalpacs.wado.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.regionalpacs.codec.CorruptFrameException;
import org.regionalpacs.wado.render.RenderWork.Room;
import org.regionalpacs.wado.web.NotAcceptableException;
import org.regionalpacs.wado.web.UnavailableException;
import org.springframework.util.unit.DataSize;

class RenderWorkTest {
  private static final long MEGABYTE = 1 << 20;

  private final RenderWork work = work(Duration.ofMillis(20), Duration.ofMillis(50));

  private static RenderWork work(Duration wait, Duration time) {
    return new RenderWork(
        new RenderProperties(
            DataSize.ofMegabytes(8), 2, wait, time, 10_000, 64, 85, DataSize.ofMegabytes(1)));
  }

  @AfterEach
  void stop() {
    work.stop();
  }

  @Test
  void givenAllTurnsAreTaken_whenOneMoreComes_thenItIsRefusedInTime() {
    try (Room _ = work.take(1);
        Room _ = work.take(1)) {
      assertThatThrownBy(() -> work.take(1)).isInstanceOf(UnavailableException.class);
    }
    work.take(1).close();
  }

  @Test
  void givenALargeFrame_whenAnotherOneComes_thenThereIsNoRoomForIt() {
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
    RenderWork patient = work(Duration.ofSeconds(30), Duration.ofSeconds(30));
    Room taken = patient.take(8 * MEGABYTE);
    CompletableFuture<Room> next = CompletableFuture.supplyAsync(() -> patient.take(1));
    assertThat(next).isNotDone();

    taken.close();

    next.get(30, TimeUnit.SECONDS).close();
    patient.stop();
  }

  @Test
  void givenWorkThatHangs_thenTheRequestIsGivenUp() {
    CountDownLatch never = new CountDownLatch(1);

    assertThatThrownBy(() ->
            work.run(() -> {
              never.await();
              return 1;
            }))
        .isInstanceOf(UnavailableException.class);
  }

  @Test
  void givenWork_thenItsResultOrItsFailureComesBack() throws IOException {
    RenderWork patient = work(Duration.ofSeconds(30), Duration.ofSeconds(30));

    assertThat(patient.run(() -> Thread.currentThread().getName())).startsWith("render-");
    assertThatThrownBy(() ->
            patient.run(() -> {
              throw new CorruptFrameException("broken");
            }))
        .isInstanceOf(CorruptFrameException.class);
    patient.stop();
  }
}
