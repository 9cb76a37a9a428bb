package org.regionalpacs.storage.cached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class SingleFlightTest {

  @Test
  void manyWhoWantTheSameAtOnce_causeTheWorkOnce() throws Exception {
    SingleFlight<String, Integer> flight = new SingleFlight<>(Duration.ofSeconds(10));
    AtomicInteger runs = new AtomicInteger();
    Set<Thread> others = ConcurrentHashMap.newKeySet();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> results = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        results.add(
            threads.submit(() -> {
              others.add(Thread.currentThread());
              return flight.run("a", () -> whenAllWait(others, runs));
            }));
      }
      for (Future<Integer> result : results) {
        assertThat(result.get()).isEqualTo(1);
      }
    }
    assertThat(runs).hasValue(1);
  }

  private static int whenAllWait(Set<Thread> threads, AtomicInteger runs) {
    Thread worker = Thread.currentThread();
    Awaitility.await()
        .pollInSameThread()
        .until(() ->
            threads.size() == 50
                && threads.stream()
                    .filter(thread -> thread != worker)
                    .allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING));
    return runs.incrementAndGet();
  }

  @Test
  void aFailureIsToldAndNotKept() throws Exception {
    SingleFlight<String, Integer> flight = new SingleFlight<>(Duration.ofSeconds(10));
    assertThatThrownBy(() ->
            flight.run(
                "a",
                () -> {
                  throw new IOException("disk gone");
                }))
        .isInstanceOf(IOException.class)
        .hasMessage("disk gone");
    assertThat(flight.run("a", () -> 2)).isEqualTo(2);
  }

  @Test
  void waitingForAnotherEnds() throws Exception {
    SingleFlight<String, Integer> flight = new SingleFlight<>(Duration.ofMillis(50));
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Thread slow =
        Thread.ofVirtual()
            .start(() -> {
              try {
                flight.run(
                    "a",
                    () -> {
                      started.countDown();
                      try {
                        end.await();
                      } catch (InterruptedException e) {
                        throw new IOException(e);
                      }
                      return 1;
                    });
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    started.await();
    assertThatThrownBy(() -> flight.run("a", () -> 2))
        .isInstanceOf(SingleFlight.TooLongException.class);
    end.countDown();
    slow.join();
  }
}
