package org.regionalpacs.chaos;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** How many records were put aside. */
final class DeadLetterCount {
  private static final int SECONDS = 20;

  private DeadLetterCount() {}

  static long in(String kafka) throws IOException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
      Map<TopicPartition, OffsetSpec> ends =
          admin.listTopics().names().get(SECONDS, TimeUnit.SECONDS).stream()
              .filter(topic -> topic.endsWith(".dlt"))
              .collect(
                  Collectors.toMap(
                      topic -> new TopicPartition(topic, 0), _ -> OffsetSpec.latest()));
      return admin.listOffsets(ends).all().get(SECONDS, TimeUnit.SECONDS).values().stream()
          .mapToLong(end -> end.offset())
          .sum();
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("Kafka doesn't answer", e);
    }
  }
}
