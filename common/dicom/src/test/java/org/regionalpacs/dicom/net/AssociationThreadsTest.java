package org.regionalpacs.dicom.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AssociationThreadsTest {
  private final AssociationThreads threads = new AssociationThreads();

  @Test
  void givenManyAssociations_whenStarted_thenOnlyTheFirst64HavePlatformThreads() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    List<CompletableFuture<Boolean>> virtual = new ArrayList<>();
    List<CompletableFuture<Thread>> threadsSeen = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      CompletableFuture<Thread> seen = new CompletableFuture<>();
      threadsSeen.add(seen);
      virtual.add(seen.thenApply(Thread::isVirtual));
      threads.start(
          "association-" + i,
          () -> {
            seen.complete(Thread.currentThread());
            await(end);
          });
    }
    for (int i = 0; i < 100; i++) {
      assertThat(virtual.get(i).get(60, TimeUnit.SECONDS))
          .as("association " + i)
          .isEqualTo(i >= 64);
    }
    end.countDown();
    for (CompletableFuture<Thread> seen : threadsSeen) {
      assertThat(seen.get().join(Duration.ofSeconds(60))).isTrue();
    }
    CompletableFuture<Boolean> next = new CompletableFuture<>();
    threads.start("next", () -> next.complete(Thread.currentThread().isVirtual()));
    assertThat(next.get(60, TimeUnit.SECONDS)).as("after the others ended").isFalse();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
