package org.regionalpacs.storage.chunked;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A bounded number of blocks in the heap, made when first needed and used again. */
final class Buffers {
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

  private final int size;
  private final Semaphore allowed;
  private final Deque<byte[]> free = new ArrayDeque<>();

  Buffers(int count, int size) {
    this.size = size;
    this.allowed = new Semaphore(count, true);
  }

  /** Waits for one. */
  byte[] take() throws IOException {
    try {
      if (!allowed.tryAcquire(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IOException("no block buffer became free in " + LONGEST_WAIT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
    synchronized (free) {
      return free.isEmpty() ? new byte[size] : free.pop();
    }
  }

  void give(byte[] buffer) {
    synchronized (free) {
      free.push(buffer);
    }
    allowed.release();
  }
}
