package org.regionalpacs.codec.process;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.regionalpacs.codec.CodecUnavailableException;

/**
 * How often processes are started: so many in a minute, and after one that didn't start not at once
 * again. Frames that crash every process that they meet, or a JVM that can't start, thus don't take
 * all processors.
 */
final class StartLimit {
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final int most;
  private final Deque<Long> starts = new ArrayDeque<>();
  private String failure = "";
  private Duration pause = Duration.ZERO;
  private long pausesUntil;

  /**
   * @param most starts in a minute
   */
  StartLimit(int most) {
    this.most = most;
  }

  /**
   * Allows a start at a time.
   *
   * @param now in nanoseconds
   * @throws CodecUnavailableException when there must be none yet
   */
  synchronized void begin(long now) throws CodecUnavailableException {
    if (!pause.isZero() && now - pausesUntil < 0) {
      throw new CodecUnavailableException("codec processes don't start: " + failure);
    }
    while (!starts.isEmpty() && now - starts.getFirst() >= WINDOW.toNanos()) {
      starts.removeFirst();
    }
    if (starts.size() >= most) {
      throw new CodecUnavailableException(
          "%d codec processes had to be started within a minute".formatted(most));
    }
    starts.addLast(now);
  }

  /** One has started. */
  synchronized void started() {
    pause = Duration.ZERO;
  }

  /** One hasn't. */
  synchronized void failed(String reason, long now) {
    failure = reason;
    Duration longer = pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2);
    pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
    pausesUntil = now + pause.toNanos();
  }
}
