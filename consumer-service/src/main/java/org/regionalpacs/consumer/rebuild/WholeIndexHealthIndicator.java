package org.regionalpacs.consumer.rebuild;

import org.regionalpacs.index.IndexClearing;
import org.regionalpacs.index.IndexClearing.Phase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Whether the index is whole, which it isn't after a rebuild that was broken off. This alone says
 * DEGRADED then: what arrives is indexed all the same.
 */
@Component
@ConditionalOnProperty(name = "pacs.indexer.enabled", matchIfMissing = true)
final class WholeIndexHealthIndicator implements HealthIndicator {
  private static final Logger LOG = LoggerFactory.getLogger(WholeIndexHealthIndicator.class);
  private static final Status DEGRADED = new Status("DEGRADED");
  private static final String BROKEN_OFF =
      "a rebuild of the index was broken off: studies are missing until it is run again";

  private final IndexClearing clearing;

  WholeIndexHealthIndicator(IndexClearing clearing) {
    this.clearing = clearing;
  }

  @Override
  public Health health() {
    try {
      return isWhole()
          ? Health.up().build()
          : Health.status(DEGRADED).withDetail("reason", BROKEN_OFF).build();
    } catch (DataAccessException e) {
      // That the database is away is told elsewhere.
      return Health.unknown().build();
    }
  }

  private boolean isWhole() {
    return clearing.phase().filter(Phase.INDEXING::equals).isEmpty();
  }

  @EventListener(ApplicationReadyEvent.class)
  void tell() {
    try {
      if (!isWhole()) {
        LOG.error("Not all is in the index: {}", BROKEN_OFF);
      }
    } catch (DataAccessException e) {
      LOG.debug("Nobody knows whether the index is whole", e);
    }
  }
}
