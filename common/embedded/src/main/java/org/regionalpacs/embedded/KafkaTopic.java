package org.regionalpacs.embedded;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;

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

  Collection<AlterConfigOp> settings() {
    Collection<AlterConfigOp> settings = new ArrayList<>();
    settings.add(set("retention.ms", String.valueOf(retention.toMillis())));
    if (flushed) {
      settings.add(set("flush.messages", "1"));
    }
    return settings;
  }

  private static AlterConfigOp set(String key, String value) {
    return new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET);
  }
}
