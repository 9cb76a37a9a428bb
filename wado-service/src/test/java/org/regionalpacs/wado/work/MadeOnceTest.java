package org.regionalpacs.wado.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.catalina.connector.ClientAbortException;
import org.junit.jupiter.api.Test;
import org.regionalpacs.storage.cached.CacheKey;
import org.regionalpacs.wado.web.NotAcceptableException;
import org.regionalpacs.wado.web.RequestLog;
import org.regionalpacs.wado.web.UnavailableException;
import org.springframework.mock.web.MockHttpServletRequest;

class MadeOnceTest {
  private static final CacheKey NAME = CacheKey.rendered("default", new UUID(1, 2), "a1");
  private static final Waiting HERE = new Waiting(() -> false, Duration.ofMillis(2));

  private final RequestLog log = RequestLog.of(new MockHttpServletRequest());
  private final MadeOnce once = new MadeOnce(Optional.empty(), 10, Duration.ofSeconds(30));
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch end = new CountDownLatch(1);
  private final AtomicInteger made = new AtomicInteger();

  /** Another request that makes it, until it may end. */
  private CompletableFuture<Made> leader(MadeOnce.Maker maker) throws InterruptedException {
    CompletableFuture<Made> leader =
        CompletableFuture.supplyAsync(() -> {
          try {
            return once.of(
                NAME,
                log,
                HERE,
                () -> {
                  begun.countDown();
                  await(end);
                  return maker.make();
                });
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    await(begun);
    return leader;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Made make(int length) {
    made.incrementAndGet();
    return Made.of(new byte[length]);
  }

  /** Comes while the other one works, and lets that go on as soon as it looks for its client. */
  private Made follower(int length) throws IOException {
    Waiting waiting =
        new Waiting(
            () -> {
              end.countDown();
              return false;
            },
            Duration.ofMillis(2));
    return once.of(NAME, log, waiting, () -> make(length));
  }

  @Test
  void givenItIsBeingMade_whenAnotherWantsIt_thenItIsMadeOnce() throws Exception {
    CompletableFuture<Made> leader = leader(() -> make(5));

    assertThat(follower(7).length()).isEqualTo(5);
    assertThat(leader.get(30, TimeUnit.SECONDS).length()).isEqualTo(5);
    assertThat(made).hasValue(1);
  }

  @Test
  void givenTheOtherClientGoes_thenThisOneMakesIt() throws Exception {
    leader(() -> {
      throw new ClientAbortException("gone");
    });

    assertThat(follower(7).length()).isEqualTo(7);
  }

  @Test
  void givenItIsLongerThanIsShared_thenEachMakesItsOwn() throws Exception {
    leader(() -> make(11));

    assertThat(follower(12).length()).isEqualTo(12);
    assertThat(made).hasValue(2);
  }

  @Test
  void givenItCanNotBeMade_thenAllAreToldSo() throws Exception {
    leader(() -> {
      throw new NotAcceptableException(List.of());
    });

    assertThatThrownBy(() -> follower(7)).isInstanceOf(NotAcceptableException.class);
  }

  @Test
  void givenTheOtherTakesTooLong_thenThisOneIsToldToComeAgain() throws Exception {
    MadeOnce impatient = new MadeOnce(Optional.empty(), 10, Duration.ofMillis(5));
    CompletableFuture<Void> leader =
        CompletableFuture.runAsync(() -> {
          try {
            impatient.of(
                NAME,
                log,
                HERE,
                () -> {
                  begun.countDown();
                  await(end);
                  return make(1);
                });
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    await(begun);

    assertThatThrownBy(() -> impatient.of(NAME, log, HERE, () -> make(1)))
        .isInstanceOf(UnavailableException.class);
    end.countDown();
    leader.get(30, TimeUnit.SECONDS);
  }

  @Test
  void givenNothingIsToBeKept_thenEachIsMade() throws IOException {
    MadeOnce never = new MadeOnce(Optional.empty(), 0, Duration.ofSeconds(30));

    never.of(NAME, log, HERE, () -> make(0));
    never.of(NAME, log, HERE, () -> make(0));
    assertThat(made).hasValue(2);
  }
}
