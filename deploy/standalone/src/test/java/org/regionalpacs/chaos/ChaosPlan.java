package org.regionalpacs.chaos;

import java.time.Duration;
import java.util.Locale;

/**
 * How much is broken, and how often.
 *
 * @param instances to be sent at least
 * @param kills of services and engines, in turn
 * @param seed of everything that is left to chance
 * @param freeze how long Kafka is stopped each time; longer than the timeouts of those who wait
 * @param publishTimeout how long intake waits for Kafka
 * @param longest when the run is given up
 * @param archive where images are archived
 */
record ChaosPlan(
    int instances,
    int kills,
    long seed,
    Duration freeze,
    Duration publishTimeout,
    Duration longest,
    Archive archive) {

  /** Kinds of archives. */
  enum Archive {
    /** A folder on another volume than the online store. */
    LOCAL,
    /** A cluster of FastDFS that fails as well. */
    FASTDFS
  }

  /**
   * As {@code -Dchaos.instances=5000 -Dchaos.kills=30 -Dchaos.seed=1 -Dchaos.minutes=30
   * -Dchaos.archive=fastdfs} say.
   */
  static ChaosPlan full() {
    return new ChaosPlan(
        Integer.getInteger("chaos.instances", 5000),
        Integer.getInteger("chaos.kills", 30),
        seedOrRandom(),
        Duration.ofSeconds(15),
        Duration.ofSeconds(10),
        Duration.ofMinutes(Integer.getInteger("chaos.minutes", 30)),
        archiveOrFastDfs());
  }

  /** Each service and each engine is killed once, in the same order each time. */
  static ChaosPlan shortened() {
    return new ChaosPlan(
        Integer.getInteger("chaos.instances", 300),
        7,
        Long.getLong("chaos.seed", 1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(2),
        Duration.ofMinutes(20),
        archiveOrFastDfs());
  }

  private static Archive archiveOrFastDfs() {
    return Archive.valueOf(System.getProperty("chaos.archive", "fastdfs").toUpperCase(Locale.ROOT));
  }

  private static long seedOrRandom() {
    return Long.getLong("chaos.seed", System.nanoTime() % 1_000_000);
  }
}
