package org.regionalpacs.consumer.loader;

import java.util.Optional;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Whether rows get into the warehouse. While they can't this alone says DEGRADED: the service stays
 * UP and ready, as nothing is lost by it. Down when a thread of the loader has ended.
 */
final class LoaderHealthIndicator implements HealthIndicator {
  private static final Status DEGRADED = new Status("DEGRADED");

  private final Loader loader;
  private final WarehouseTrouble trouble;

  LoaderHealthIndicator(Loader loader, WarehouseTrouble trouble) {
    this.loader = loader;
    this.trouble = trouble;
  }

  @Override
  public Health health() {
    if (!loader.complete()) {
      return Health.down().withDetail("reason", "a thread of the loader has ended").build();
    }
    Optional<String> reason = trouble.reason();
    Health.Builder health =
        reason
            .map(failure -> Health.status(DEGRADED).withDetail("reason", failure))
            .orElseGet(Health::up);
    return health
        .withDetail("running", loader.isRunning())
        .withDetail("waiting", loader.waiting())
        .build();
  }
}
