package org.regionalpacs.storage.cached;

import java.util.Optional;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/** Without Redis everything goes on, slower: this alone says DEGRADED. */
final class CacheHealthIndicator implements HealthIndicator {
  private static final Status DEGRADED = new Status("DEGRADED");

  private final HotCache cache;

  CacheHealthIndicator(HotCache cache) {
    this.cache = cache;
  }

  @Override
  public Health health() {
    // Who asks has it looked for.
    cache.link().commands();
    Optional<String> trouble = cache.link().trouble().or(cache.state()::trouble);
    return trouble
        .map(reason -> Health.status(DEGRADED).withDetail("failure", reason))
        .orElseGet(Health::up)
        .withDetails(cache.state().settings())
        .build();
  }
}
