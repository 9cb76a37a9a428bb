package org.regionalpacs.webworker.job;

import java.time.Duration;

/**
 * How long a job waits for its next turn: after each failure in a row twice as long, and never
 * longer than between turns that work. Of one thread.
 */
final class JobPauses {
  private static final Duration FIRST_RETRY = Duration.ofSeconds(5);

  private final Duration interval;
  private Duration retry = FIRST_RETRY;

  /**
   * @param interval between turns that work
   */
  JobPauses(Duration interval) {
    this.interval = interval;
  }

  Duration afterSuccess() {
    retry = FIRST_RETRY;
    return interval;
  }

  Duration afterFailure() {
    Duration pause = retry.compareTo(interval) < 0 ? retry : interval;
    retry = pause.multipliedBy(2);
    return pause;
  }
}
