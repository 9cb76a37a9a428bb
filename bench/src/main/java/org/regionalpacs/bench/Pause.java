package org.regionalpacs.bench;

import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;

/** Time between two looks at something that only looking tells. */
final class Pause {
  private Pause() {}

  static void millis(int millis) throws InterruptedIOException {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }
}
