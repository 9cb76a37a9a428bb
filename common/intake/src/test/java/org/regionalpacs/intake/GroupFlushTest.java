package org.regionalpacs.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class GroupFlushTest {
  private static final Path FOLDER = Path.of("default/1/1.1");
  private static final Path OTHER = Path.of("default/1/1.2");
  private static final int WAITERS = 16;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final SlowDisk disk = new SlowDisk();
  private final GroupFlush group = new GroupFlush(disk, Duration.ofSeconds(30));

  @AfterEach
  void stop() {
    disk.go.release(1000);
    threads.close();
  }

  @Test
  void givenManyComeWhileAFlushRuns_whenItEnds_thenOneMoreServesThemAll() throws Exception {
    Future<?> first = flush(FOLDER);
    await().until(() -> disk.begun.get() == 1);
    List<Future<?>> others = flushAtOnce(WAITERS);

    disk.go.release();
    first.get();
    await().until(() -> disk.begun.get() == 2);
    assertThat(others).noneMatch(Future::isDone);
    disk.go.release();

    for (Future<?> each : others) {
      each.get();
    }
    assertThat(disk.begun).hasValue(2);
    assertThat(group.folders()).isZero();
  }

  @Test
  void givenAFlushFails_whenShared_thenItFailsAllWhoSharedItAndNobodyElse() throws Exception {
    Future<?> first = flush(FOLDER);
    await().until(() -> disk.begun.get() == 1);
    List<Future<?>> sharing = flushAtOnce(WAITERS);
    disk.go.release();
    first.get();
    await().until(() -> disk.begun.get() == 2);
    List<Future<?>> later = List.of(flush(FOLDER));

    disk.broken = true;
    disk.go.release();
    await().until(() -> disk.begun.get() == 3);
    disk.broken = false;
    disk.go.release();

    for (Future<?> each : sharing) {
      assertThatThrownBy(each::get)
          .isInstanceOf(ExecutionException.class)
          .hasRootCauseMessage("I/O error");
    }
    for (Future<?> each : later) {
      each.get();
    }
    assertThat(disk.begun).hasValue(3);
  }

  @Test
  void givenAFlushOfAnotherFolder_whenFlushed_thenItDoesNotWait() throws Exception {
    flush(FOLDER);
    await().until(() -> disk.begun.get() == 1);

    Future<?> other = flush(OTHER);

    await().until(() -> disk.begun.get() == 2);
    disk.go.release(2);
    other.get();
  }

  @Test
  void givenOneAfterTheOther_whenFlushed_thenEachFlushes() throws Exception {
    disk.go.release(3);
    for (int i = 0; i < 3; i++) {
      group.flush(FOLDER);
    }
    assertThat(disk.begun).hasValue(3);
  }

  @Test
  void givenADiskThatHangs_whenWaitedForTooLong_thenItFails() throws Exception {
    GroupFlush hasty = new GroupFlush(disk, Duration.ofMillis(50));
    threads.submit(() -> {
      hasty.flush(FOLDER);
      return null;
    });
    await().until(() -> disk.begun.get() == 1);

    assertThatThrownBy(() -> hasty.flush(FOLDER))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has not flushed");
  }

  @Test
  void givenAWaiterIsInterrupted_whenTheFlushEnds_thenTheOthersAreServed() throws Exception {
    Future<?> first = flush(FOLDER);
    await().until(() -> disk.begun.get() == 1);
    Future<?> patient = flush(FOLDER);
    await().until(() -> group.waiting(FOLDER) == 1);

    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> group.flush(FOLDER)).isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
    disk.go.release(2);

    first.get();
    patient.get();
  }

  @Test
  void givenAProgrammingError_whenFlushed_thenItIsAFailureForEveryone() {
    GroupFlush failing =
        new GroupFlush(
            _ -> {
              throw new IllegalStateException("unforeseen");
            },
            Duration.ofSeconds(1));

    assertThatThrownBy(() -> failing.flush(FOLDER))
        .isInstanceOf(IOException.class)
        .hasRootCauseMessage("unforeseen");
    assertThat(failing.folders()).isZero();
  }

  private List<Future<?>> flushAtOnce(int count) {
    List<Future<?>> futures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      futures.add(flush(FOLDER));
    }
    await().until(() -> group.waiting(FOLDER) == count);
    return futures;
  }

  private Future<?> flush(Path folder) {
    return threads.submit(() -> {
      group.flush(folder);
      return null;
    });
  }

  /** Ends a flush when it is told to. */
  private static final class SlowDisk implements GroupFlush.Flushing {
    private final AtomicInteger begun = new AtomicInteger();
    private final Semaphore go = new Semaphore(0);
    private volatile boolean broken;

    @Override
    public void flush(Path folder) throws IOException {
      begun.incrementAndGet();
      try {
        if (!go.tryAcquire(30, TimeUnit.SECONDS)) {
          throw new IOException("nobody let the disk go on");
        }
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      if (broken) {
        throw new IOException("I/O error");
      }
    }
  }
}
