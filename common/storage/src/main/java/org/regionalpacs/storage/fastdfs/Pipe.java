package org.regionalpacs.storage.fastdfs;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A bounded buffer between a download and its reader. */
final class Pipe {
  private final byte[] ring;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition readable = lock.newCondition();
  private final Condition writable = lock.newCondition();
  private int head;
  private int filled;
  private boolean ended;

  Pipe(int capacity) {
    ring = new byte[capacity];
  }

  /**
   * Takes all bytes, waiting for the reader.
   *
   * @return false when the reader took nothing for {@code patience}, or the pipe was ended
   */
  boolean write(byte[] bytes, int length, Duration patience) throws InterruptedException {
    lock.lock();
    try {
      for (int done = 0; done < length; ) {
        long left = patience.toNanos();
        while (filled == ring.length && !ended) {
          if (left <= 0) {
            return false;
          }
          left = writable.awaitNanos(left);
        }
        if (ended) {
          return false;
        }
        int tail = (head + filled) % ring.length;
        int free = tail < head ? head - tail : ring.length - tail;
        int count = Math.min(Math.min(length - done, ring.length - filled), free);
        System.arraycopy(bytes, done, ring, tail, count);
        filled += count;
        done += count;
        readable.signal();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Says that nothing more is written; what is in it can still be read. */
  void end() {
    lock.lock();
    try {
      ended = true;
      readable.signal();
      writable.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until there is something to read, or the end.
   *
   * @return false when there is neither in time
   */
  boolean await(Deadline deadline) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (filled == 0 && !ended) {
        if (!readable.await(deadline.left(), TimeUnit.NANOSECONDS) && deadline.passed()) {
          return false;
        }
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Reads what is there.
   *
   * @return bytes read, 0 when there are none
   */
  int read(byte[] to, int offset, int length) {
    lock.lock();
    try {
      int count = Math.min(Math.min(length, filled), ring.length - head);
      System.arraycopy(ring, head, to, offset, count);
      head = (head + count) % ring.length;
      filled -= count;
      writable.signal();
      return count;
    } finally {
      lock.unlock();
    }
  }

  /** Whether nothing is in it and nothing will come. */
  boolean drained() {
    lock.lock();
    try {
      return ended && filled == 0;
    } finally {
      lock.unlock();
    }
  }
}
