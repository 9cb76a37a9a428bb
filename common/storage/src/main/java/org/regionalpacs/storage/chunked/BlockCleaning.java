package org.regionalpacs.storage.chunked;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for abandoned uploads now and then, in the process whose disk has their journals. */
public final class BlockCleaning implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BlockCleaning.class);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  private final ChunkedBlobStore store;
  private final Duration age;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("blocks").factory());

  /**
   * Begins.
   *
   * @param age of what is abandoned
   */
  public BlockCleaning(ChunkedBlobStore store, Duration age) {
    this.store = store;
    this.age = age;
    long pause = Math.min(age.toMillis(), LONGEST_PAUSE.toMillis());
    thread.scheduleWithFixedDelay(this::clean, pause, pause, TimeUnit.MILLISECONDS);
  }

  private void clean() {
    try {
      store.deleteAbandoned(age);
    } catch (IOException | RuntimeException e) {
      LOG.warn("Abandoned blocks in {} are deleted later: {}", store.name(), e.toString());
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
