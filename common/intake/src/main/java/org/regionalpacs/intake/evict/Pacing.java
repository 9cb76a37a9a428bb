package org.regionalpacs.intake.evict;

import org.regionalpacs.intake.ByteRate;
import org.regionalpacs.intake.OnlineObjects;

/** How fast a task reads. */
final class Pacing {
  private Pacing() {}

  static OnlineObjects.Pace of(EvictionProperties properties) {
    long rate = properties.readRate().toBytes();
    return rate > 0 ? new ByteRate(rate) : _ -> {};
  }
}
