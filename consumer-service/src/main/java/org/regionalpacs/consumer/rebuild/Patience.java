package org.regionalpacs.consumer.rebuild;

import java.time.Duration;
import java.util.List;

/**
 * How long a rebuild waits for others.
 *
 * @param archive before each time that is tried again what an archive doesn't give
 * @param tasks for what nodes have begun
 * @param drop for those who use the index, at each try to drop it; who comes meanwhile waits too
 * @param drops so many tries
 */
record Patience(List<Duration> archive, Duration tasks, Duration drop, int drops) {
  /** An eviction or a backup may take hours; nobody is to wait so long to be told no. */
  static final Patience USUAL =
      new Patience(
          List.of(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofMinutes(2)),
          Duration.ofMinutes(5),
          Duration.ofSeconds(20),
          3);
}
