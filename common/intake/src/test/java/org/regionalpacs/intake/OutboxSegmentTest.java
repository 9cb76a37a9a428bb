package org.regionalpacs.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.SyncFailedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class OutboxSegmentTest {
  private static final int WRITERS = 8;

  @TempDir Path folder;

  /** What is written to /dev/null is taken, and can't be flushed (EINVAL). */
  @Test
  void givenAFlushThatFails_whenManyShareIt_thenNobodyIsPromisedAnything() throws Exception {
    Path path = Files.createSymbolicLink(folder.resolve("1.log"), Path.of("/dev/null"));
    try (OutboxSegment segment = OutboxSegment.open(path);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Throwable>> flushes = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        long end = segment.append(message(i));
        flushes.add(() -> catchThrowable(() -> segment.flush(end)));
      }
      List<Throwable> failures = new ArrayList<>();
      for (Future<Throwable> flush : threads.invokeAll(flushes)) {
        failures.add(flush.get());
      }

      assertThat(failures).allSatisfy(each -> assertThat(each).isInstanceOf(IOException.class));
      assertThat(failures)
          .as("the system is asked once: asked again, it may say that all is well")
          .filteredOn(SyncFailedException.class::isInstance)
          .hasSize(1);
      assertThat(segment.isBroken()).isTrue();
      assertThat(segment.flushed()).isZero();
      long later = segment.append(message(WRITERS));
      assertThatThrownBy(() -> segment.flush(later))
          .isInstanceOf(IOException.class)
          .hasMessage(path + " couldn't be flushed");
    }
  }

  private static QueuedMessage message(int number) {
    return new QueuedMessage("1.2.3", Integer.toString(number).getBytes(UTF_8));
  }
}
