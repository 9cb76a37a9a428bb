package org.regionalpacs.intake;

import java.io.InterruptedIOException;
import java.time.Duration;

/** Slows reading down to so many bytes a second. Of one thread. */
public final class ByteRate implements OnlineObjects.Pace {
  private static final Duration SHORTEST_REST = Duration.ofMillis(10);

  private final long bytesPerSecond;
  private long nextAt = System.nanoTime();

  public ByteRate(long bytesPerSecond) {
    this.bytesPerSecond = bytesPerSecond;
  }

  @Override
  public void read(int bytes) throws InterruptedIOException {
    long now = System.nanoTime();
    // What wasn't used while something else was done isn't made up for.
    nextAt = Math.max(nextAt, now) + bytes * 1_000_000_000L / bytesPerSecond;
    Duration rest = Duration.ofNanos(nextAt - now);
    if (rest.compareTo(SHORTEST_REST) >= 0) {
      try {
        Thread.sleep(rest);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted");
      }
    }
  }
}
