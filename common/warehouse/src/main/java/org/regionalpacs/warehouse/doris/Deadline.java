package org.regionalpacs.warehouse.doris;

import java.time.Duration;

/** A moment until which something must be done. */
record Deadline(long nanos) {

  static Deadline after(Duration limit) {
    return new Deadline(System.nanoTime() + limit.toNanos());
  }

  /** What is left of it, and no more than so much; zero when it has passed. */
  Duration left(Duration most) {
    long left = Math.clamp(nanos - System.nanoTime(), 0, most.toNanos());
    return Duration.ofNanos(left);
  }

  boolean passed() {
    return nanos - System.nanoTime() <= 0;
  }

  /** The sooner of this and so much from now. */
  Deadline within(Duration limit) {
    return after(left(limit));
  }
}
