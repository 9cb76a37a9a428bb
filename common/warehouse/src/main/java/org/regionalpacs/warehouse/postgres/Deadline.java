package org.regionalpacs.warehouse.postgres;

import java.sql.SQLTimeoutException;
import java.time.Duration;

/** When something has to be done. */
record Deadline(long nanoTime) {

  static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /**
   * Milliseconds that are left, one at least.
   *
   * @throws SQLTimeoutException when none are left
   */
  int millis() throws SQLTimeoutException {
    long left = (nanoTime - System.nanoTime()) / 1_000_000;
    if (left <= 0) {
      throw new SQLTimeoutException("it took longer than it may");
    }
    return (int) Math.min(left, Integer.MAX_VALUE / 2);
  }
}
