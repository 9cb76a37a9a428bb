package org.regionalpacs.warehouse.statistics;

import java.util.List;

/**
 * Requests of a group.
 *
 * @param group what {@link AccessBy} tells apart
 * @param requests all of them
 * @param failed those that were answered with a reason why not
 * @param bytes of their bodies
 * @param millis of the longest
 */
public record Accesses(String group, long requests, long failed, long bytes, long millis) {

  /** All of groups that have no request in common. */
  static Accesses sum(List<Accesses> groups) {
    Accesses sum = new Accesses("", 0, 0, 0, 0);
    for (Accesses each : groups) {
      sum =
          new Accesses(
              "",
              sum.requests + each.requests,
              sum.failed + each.failed,
              sum.bytes + each.bytes,
              Math.max(sum.millis, each.millis));
    }
    return sum;
  }
}
