package org.regionalpacs.nodes;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Whether tasks of this node are being done. When they aren't, this alone says DEGRADED: the
 * service as a whole stays UP and ready, as it receives without them.
 */
final class NodeTasksHealth implements HealthIndicator {
  private static final Status DEGRADED = new Status("DEGRADED");

  private final NodeTaskExecutor executor;

  NodeTasksHealth(NodeTaskExecutor executor) {
    this.executor = executor;
  }

  @Override
  public Health health() {
    Health.Builder health =
        executor
            .failure()
            .map(failure -> Health.status(DEGRADED).withDetail("failure", failure))
            .orElseGet(Health::up);
    return health.withDetail("underWay", executor.underWay()).build();
  }
}
