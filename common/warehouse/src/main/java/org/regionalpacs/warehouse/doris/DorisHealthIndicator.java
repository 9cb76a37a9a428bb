package org.regionalpacs.warehouse.doris;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up when a frontend answers a query. */
final class DorisHealthIndicator implements HealthIndicator {
  private final DorisWarehouse warehouse;
  private final DorisProperties settings;

  DorisHealthIndicator(DorisWarehouse warehouse, DorisProperties settings) {
    this.warehouse = warehouse;
    this.settings = settings;
  }

  @Override
  public Health health() {
    return (warehouse.answers() ? Health.up() : Health.down())
        .withDetail("frontends", settings.frontends().toString())
        .withDetail("database", settings.database())
        .build();
  }
}
