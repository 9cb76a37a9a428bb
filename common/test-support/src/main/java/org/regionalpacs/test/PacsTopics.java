package org.regionalpacs.test;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.regionalpacs.messages.Topics;

/** The product's topics and their dead letter topics. */
final class PacsTopics {
  private static final int PARTITIONS = 4;

  private PacsTopics() {}

  /** Makes them if they don't exist, and empties them. */
  static void makeEmpty(String bootstrap) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      Set<String> present = admin.listTopics().names().get(30, TimeUnit.SECONDS);
      List<String> wanted =
          Topics.RETENTION_MS.keySet().stream()
              .flatMap(topic -> Stream.of(topic, topic + ".dlt"))
              .toList();
      admin
          .createTopics(
              wanted.stream()
                  .filter(topic -> !present.contains(topic))
                  .map(topic -> new NewTopic(topic, PARTITIONS, (short) 1))
                  .toList())
          .all()
          .get(30, TimeUnit.SECONDS);
      Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
      wanted.stream()
          .filter(present::contains)
          .forEach(topic -> {
            for (int i = 0; i < PARTITIONS; i++) {
              ends.put(new TopicPartition(topic, i), OffsetSpec.latest());
            }
          });
      Map<TopicPartition, RecordsToDelete> old = new HashMap<>();
      admin
          .listOffsets(ends)
          .all()
          .get(30, TimeUnit.SECONDS)
          .forEach(
              (partition, end) -> old.put(partition, RecordsToDelete.beforeOffset(end.offset())));
      admin.deleteRecords(old).all().get(30, TimeUnit.SECONDS);
    }
  }
}
