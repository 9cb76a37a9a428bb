package org.regionalpacs.standalone;

import java.time.Duration;

/**
 * How long to wait before something that ended by itself is started again: half a second, doubled
 * with every failure in a row up to a minute, and so on for ever, because what is in its way (a
 * full disk, say) may be gone at any time. Whoever ran for a minute has no failures behind it.
 */
final class RestartPauses {
  static final Duration LONGEST = Duration.ofMinutes(1);

  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration WELL = Duration.ofMinutes(1);

  private int failures;

  /** The pause after it ended once more, having run for so long. */
  Duration next(Duration ran) {
    if (ran.compareTo(WELL) >= 0) {
      failures = 0;
    }
    failures++;
    Duration pause = FIRST.multipliedBy(1L << Math.min(failures - 1, 10));
    return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
  }

  /** How often in a row it ended before it had run for long. */
  int failures() {
    return failures;
  }

  void forget() {
    failures = 0;
  }
}
