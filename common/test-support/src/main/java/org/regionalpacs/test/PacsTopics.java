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
  private static final int SECONDS = 120;

  private PacsTopics() {}

  /** Makes them if they don't exist, and empties them. */
  static void makeEmpty(String bootstrap) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      Set<String> present = admin.listTopics().names().get(SECONDS, TimeUnit.SECONDS);
      List<NewTopic> missing =
          Topics.RETENTION_MS.keySet().stream()
              .flatMap(topic ->
                  Stream.of(
                      new NewTopic(topic, PARTITIONS, (short) 1),
                      new NewTopic(topic + ".dlt", 1, (short) 1)))
              .filter(topic -> !present.contains(topic.name()))
              .toList();
      admin.createTopics(missing).all().get(SECONDS, TimeUnit.SECONDS);
      // Of a compacted topic (which replays were made) no records can be deleted.
      empty(admin, present.stream().filter(PacsTopics::ours).toList());
    }
  }

  private static boolean ours(String topic) {
    return Topics.RETENTION_MS.containsKey(topic.replaceFirst("\\.dlt$", ""));
  }

  private static void empty(Admin admin, List<String> topics) throws Exception {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    admin
        .describeTopics(topics)
        .allTopicNames()
        .get(SECONDS, TimeUnit.SECONDS)
        .forEach((name, topic) ->
            topic
                .partitions()
                .forEach(partition ->
                    ends.put(
                        new TopicPartition(name, partition.partition()), OffsetSpec.latest())));
    Map<TopicPartition, RecordsToDelete> old = new HashMap<>();
    admin
        .listOffsets(ends)
        .all()
        .get(SECONDS, TimeUnit.SECONDS)
        .forEach(
            (partition, end) -> old.put(partition, RecordsToDelete.beforeOffset(end.offset())));
    admin.deleteRecords(old).all().get(SECONDS, TimeUnit.SECONDS);
  }
}
