package org.regionalpacs.webworker.eviction;

/**
 * The room on a node's volume.
 *
 * @param node id of the node
 * @param free bytes
 * @param total bytes
 * @param evicting whether it has a task of evicting that isn't stuck
 */
record NodeRoom(String node, long free, long total, boolean evicting) {

  /** Bytes that are to be freed. */
  long wanted(EvictionPlanProperties properties) {
    if (free >= properties.low().of(total)) {
      return 0;
    }
    return Math.max(1, Math.max(properties.target().of(total), properties.low().of(total)) - free);
  }

  /** Whether so many bytes may come back without anything having to go for them. */
  boolean hasRoomFor(long bytes, EvictionPlanProperties properties) {
    long mark = Math.max(properties.target().of(total), properties.low().of(total));
    return free - bytes >= mark;
  }

  /** When so many more bytes are spoken for. */
  NodeRoom less(long bytes) {
    return new NodeRoom(node, free - bytes, total, evicting);
  }
}
