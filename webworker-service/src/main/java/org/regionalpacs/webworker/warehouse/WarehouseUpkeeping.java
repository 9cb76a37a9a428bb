package org.regionalpacs.webworker.warehouse;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.regionalpacs.warehouse.WarehouseUnavailableException;
import org.regionalpacs.warehouse.WarehouseUpkeep;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the warehouse when it is time. A failure is told when it begins and once a day while
 * it lasts, and stops nothing else: only statistics need the warehouse.
 */
final class WarehouseUpkeeping {
  private static final Logger LOG = LoggerFactory.getLogger(WarehouseUpkeeping.class);
  private static final Duration TOLD_AGAIN = Duration.ofDays(1);

  private final WarehouseUpkeep upkeep;
  private final WarehouseUpkeepProperties properties;
  private final InstantSource clock;
  private Instant due;
  private Optional<Instant> told = Optional.empty();
  private volatile Optional<String> failure = Optional.empty();

  WarehouseUpkeeping(
      WarehouseUpkeep upkeep, WarehouseUpkeepProperties properties, InstantSource clock) {
    this.upkeep = upkeep;
    this.properties = properties;
    this.clock = clock;
    this.due = clock.instant().plus(properties.delay());
  }

  /** Does it when it is time; one thread calls this. */
  void turn() throws InterruptedException {
    if (clock.instant().isBefore(due)) {
      return;
    }
    try {
      upkeep.run();
      failure.ifPresent(_ -> LOG.info("The warehouse is looked after again"));
      failure = Optional.empty();
      told = Optional.empty();
      due = clock.instant().plus(properties.interval());
    } catch (WarehouseUnavailableException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      failure = Optional.of(String.valueOf(e.getMessage()));
      tell(clock.instant(), e.getMessage());
      due = clock.instant().plus(properties.retry());
    }
  }

  private void tell(Instant now, String reason) {
    if (told.filter(now.minus(TOLD_AGAIN)::isBefore).isEmpty()) {
      LOG.warn(
          "The warehouse can't be looked after, tried again every {}: {}",
          properties.retry(),
          reason);
      told = Optional.of(now);
    }
  }

  /** Why it failed the last time; empty when it didn't. */
  Optional<String> failure() {
    return failure;
  }
}
