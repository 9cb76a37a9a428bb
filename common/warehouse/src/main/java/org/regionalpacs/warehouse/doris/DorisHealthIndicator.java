package org.regionalpacs.warehouse.doris;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Whether a frontend answers a query. Without the warehouse everything else goes on, so this alone
 * says DEGRADED: the service stays UP.
 */
final class DorisHealthIndicator implements HealthIndicator {
  private static final Status DEGRADED = new Status("DEGRADED");

  private final DorisWarehouse warehouse;
  private final DorisProperties settings;

  DorisHealthIndicator(DorisWarehouse warehouse, DorisProperties settings) {
    this.warehouse = warehouse;
    this.settings = settings;
  }

  @Override
  public Health health() {
    return (warehouse.answers() ? Health.up() : Health.status(DEGRADED))
        .withDetail("frontends", settings.frontends().toString())
        .withDetail("database", settings.database())
        .build();
  }
}
