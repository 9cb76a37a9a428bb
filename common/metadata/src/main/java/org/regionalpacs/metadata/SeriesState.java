package org.regionalpacs.metadata;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the index says of a series' metadata.
 *
 * @param changeNumber of the series
 * @param kept the newest document
 */
record SeriesState(long changeNumber, Optional<KeptDocument> kept) {

  /** The kept document when it shows the series as it is. */
  Optional<KeptDocument> current() {
    return kept.filter(k -> k.readable() && k.changeNumber() == changeNumber);
  }

  /**
   * The current document, when there's no reason to build another: one that isn't complete is tried
   * again after a while.
   */
  Optional<KeptDocument> servable(Duration retryIncomplete) {
    Instant recent = Instant.now().minus(retryIncomplete);
    return current().filter(k -> k.complete() || k.created().isAfter(recent));
  }
}
