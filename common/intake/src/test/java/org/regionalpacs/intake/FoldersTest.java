package org.regionalpacs.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class FoldersTest {
  @TempDir Path root;

  @Test
  void givenAssociationsThatFillOneSeries_whenTheyFlushAtOnce_thenNeverTwoFlushesAtATime()
      throws Exception {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch started = new CountDownLatch(1);
    Folders folders =
        new Folders(
            root,
            Sync.FSYNC,
            _ -> {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              started.countDown();
              running.decrementAndGet();
            });

    List<Future<?>> associations = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 16; i++) {
        associations.add(
            threads.submit(() -> {
              for (int object = 0; object < 1000; object++) {
                folders.flush(root);
              }
              return null;
            }));
      }
    }
    for (Future<?> each : associations) {
      each.get();
    }

    assertThat(started.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(most).hasValue(1);
  }

  @Test
  void givenANewFolder_whenRequired_thenEveryFolderAboveItIsFlushedOnce() throws Exception {
    List<Path> flushed = new ArrayList<>();
    Folders folders = new Folders(root, Sync.FSYNC, flushed::add);
    Path series = root.resolve("default/1/1.1");

    folders.require(series);
    folders.require(series);

    assertThat(series).isDirectory();
    assertThat(flushed).containsExactly(root.resolve("default/1"), root.resolve("default"), root);
    Files.delete(series);
    folders.forget(series);
    folders.require(series);
    assertThat(flushed).hasSize(6);
  }

  @Test
  void givenSyncIsNone_whenFlushed_thenNothingReachesTheDisk() throws Exception {
    List<Path> flushed = new ArrayList<>();
    Folders folders = new Folders(root, Sync.NONE, flushed::add);

    folders.flush(root);

    assertThat(flushed).isEmpty();
  }
}
