package org.regionalpacs.consumer;

import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;

/** Times since the reception of an object, with the bounds that operators ask for. */
public final class Delays {
  private static final Duration[] BOUNDS = {
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(2),
    Duration.ofSeconds(5),
    Duration.ofSeconds(15),
    Duration.ofMinutes(1),
    Duration.ofMinutes(5),
    Duration.ofMinutes(30),
    Duration.ofHours(2),
    Duration.ofHours(12)
  };

  private Delays() {}

  /** A timer whose buckets can be added up over several processes. */
  public static Timer.Builder timer(String name, String description) {
    return Timer.builder(name).description(description).serviceLevelObjectives(BOUNDS);
  }

  /** None where the receiving host's clock is ahead of ours. */
  public static Duration between(Instant received, Instant now) {
    Duration since = Duration.between(received, now);
    return since.isNegative() ? Duration.ZERO : since;
  }
}
