package org.regionalpacs.nodes;

import java.time.Duration;

/**
 * A task for a node.
 *
 * @param node id of the node that is to do it
 * @param kind which {@link NodeTaskHandler} does it
 * @param key tells it from others of its node and kind: a second one of the same key is no new task
 * @param arguments a record that Jackson writes
 * @param delay how long to wait before it is done
 */
public record PlannedTask(String node, String kind, String key, Object arguments, Duration delay) {

  /** A task to be done as soon as may be. */
  public static PlannedTask now(String node, String kind, String key, Object arguments) {
    return new PlannedTask(node, kind, key, arguments, Duration.ZERO);
  }
}
