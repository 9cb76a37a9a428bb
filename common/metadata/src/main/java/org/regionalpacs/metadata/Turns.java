package org.regionalpacs.metadata;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets a few work at the same time; the others wait for their turn, but not for ever. */
final class Turns {
  private final Semaphore free;
  private final Duration wait;

  /**
   * @param atOnce how many work at the same time
   * @param wait longest wait
   */
  Turns(int atOnce, Duration wait) {
    this.free = new Semaphore(atOnce, true);
    this.wait = wait;
  }

  /** Work that can fail. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException;
  }

  /**
   * Works when it is its turn.
   *
   * @throws MetadataBusyException when it is no turn of this one in time
   */
  <T> T run(Work<T> work) throws IOException {
    take();
    try {
      return work.run();
    } finally {
      free.release();
    }
  }

  private void take() throws IOException {
    try {
      if (!free.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new MetadataBusyException("no turn to read headers within " + wait);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting to read headers");
    }
  }
}
