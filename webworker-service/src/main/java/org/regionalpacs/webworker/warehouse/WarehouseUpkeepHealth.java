package org.regionalpacs.webworker.warehouse;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/** While the warehouse can't be looked after, this alone says DEGRADED: the service stays UP. */
final class WarehouseUpkeepHealth implements HealthIndicator {
  private static final Status DEGRADED = new Status("DEGRADED");

  private final WarehouseUpkeeping upkeeping;

  WarehouseUpkeepHealth(WarehouseUpkeeping upkeeping) {
    this.upkeeping = upkeeping;
  }

  @Override
  public Health health() {
    return upkeeping
        .failure()
        .map(failure -> Health.status(DEGRADED).withDetail("failure", failure))
        .orElseGet(Health::up)
        .build();
  }
}
