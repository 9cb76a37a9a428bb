package org.regionalpacs.warehouse.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Whether the warehouse's own database answers. Without it everything else goes on, so this alone
 * says DEGRADED: the service stays UP. Where the warehouse is in the index's database, that has a
 * health of its own.
 */
final class PostgresHealthIndicator implements HealthIndicator {
  private static final Status DEGRADED = new Status("DEGRADED");
  private static final int SECONDS = 2;

  private final DatabaseAddress address;

  PostgresHealthIndicator(DatabaseAddress address) {
    this.address = address;
  }

  @Override
  public Health health() {
    try (Connection connection = address.connect(SECONDS)) {
      return (connection.isValid(SECONDS) ? Health.up() : Health.status(DEGRADED)).build();
    } catch (SQLException e) {
      return Health.status(DEGRADED).withDetail("failure", "SQL state " + e.getSQLState()).build();
    }
  }
}
