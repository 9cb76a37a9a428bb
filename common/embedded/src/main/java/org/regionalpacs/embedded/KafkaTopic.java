package org.regionalpacs.embedded;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * A topic to be made.
 *
 * @param name its name
 * @param partitions how many consumers of a group can share it
 * @param retention how long records are kept
 * @param flushed whether a record is on disk before it is acknowledged: a broker alone has no other
 *     broker that would hold it when the power fails
 */
public record KafkaTopic(String name, int partitions, Duration retention, boolean flushed) {

  Map<String, String> config() {
    Map<String, String> config = new HashMap<>();
    config.put("retention.ms", String.valueOf(retention.toMillis()));
    if (flushed) {
      config.put("flush.messages", "1");
    }
    return config;
  }
}
