package org.regionalpacs.webworker.reindex;

import java.util.concurrent.TimeUnit;

/** Lets so many steps a second through, not faster after a pause than before. For one thread. */
final class Pace {
  private final long nanos;
  private long next = System.nanoTime();

  Pace(int perSecond) {
    this.nanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
  }

  /** Waits until it is time for the next step. */
  void step() throws InterruptedException {
    long now = System.nanoTime();
    if (next - now > 0) {
      TimeUnit.NANOSECONDS.sleep(next - now);
    }
    next = Math.max(now, next) + nanos;
  }
}
