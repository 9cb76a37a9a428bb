package org.regionalpacs.bench;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * When bytes may pass a link of so many bits a second. As long as there is something to pass, the
 * average is the rate, however late threads wake up; while there is nothing, no room is saved.
 */
final class Pace {
  private static final double NANOS = 1e9;

  private final double nanosPerByte;

  /** In the order of asking, so that connections share the link. */
  private final ReentrantLock turn = new ReentrantLock(true);

  private long free = System.nanoTime();

  Pace(double bitsPerSecond) {
    this.nanosPerByte = 8 * NANOS / bitsPerSecond;
  }

  /**
   * Waits until bytes have passed.
   *
   * @param waited whether they were there as soon as the link was free, else it was idle before
   */
  void pass(int bytes, boolean waited) throws InterruptedException {
    turn.lockInterruptibly();
    try {
      long now = System.nanoTime();
      long start = waited || free > now ? free : now;
      free = start + Math.round(bytes * nanosPerByte);
      long rest = free - now;
      if (rest > 0) {
        TimeUnit.NANOSECONDS.sleep(rest);
      }
    } finally {
      turn.unlock();
    }
  }
}
