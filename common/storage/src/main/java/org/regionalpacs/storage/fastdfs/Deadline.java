package org.regionalpacs.storage.fastdfs;

import java.time.Duration;

/** When an operation must have ended. */
record Deadline(long nanoTime) {
  static Deadline after(Duration duration) {
    return new Deadline(System.nanoTime() + duration.toNanos());
  }

  /** Nanoseconds that are left, 0 when none. */
  long left() {
    return Math.max(0, nanoTime - System.nanoTime());
  }

  boolean passed() {
    return left() == 0;
  }
}
