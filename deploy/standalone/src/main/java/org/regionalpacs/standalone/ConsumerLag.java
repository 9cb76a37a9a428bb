package org.regionalpacs.standalone;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far each consumer group is behind its topics. */
final class ConsumerLag implements AutoCloseable {
  private static final int SECONDS = 10;

  private final Admin admin;

  ConsumerLag(String bootstrap) {
    this.admin =
        Admin.create(
            Map.of(
                "bootstrap.servers", bootstrap,
                "request.timeout.ms", "5000",
                "default.api.timeout.ms", "8000"));
  }

  /** Lag in records by {@code "group of topic"}. */
  Map<String, Long> byGroupAndTopic() throws IOException {
    try {
      List<String> groups =
          admin
              .listGroups(ListGroupsOptions.forConsumerGroups())
              .all()
              .get(SECONDS, TimeUnit.SECONDS)
              .stream()
              .map(group -> group.groupId())
              .toList();
      Map<String, ListConsumerGroupOffsetsSpec> all = new HashMap<>();
      groups.forEach(group -> all.put(group, new ListConsumerGroupOffsetsSpec()));
      Map<String, Map<TopicPartition, OffsetAndMetadata>> committed =
          admin.listConsumerGroupOffsets(all).all().get(SECONDS, TimeUnit.SECONDS);
      return lags(committed, ends(committed));
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("Kafka doesn't answer: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private Map<TopicPartition, ListOffsetsResultInfo> ends(
      Map<String, Map<TopicPartition, OffsetAndMetadata>> committed)
      throws ExecutionException, TimeoutException, InterruptedException {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    committed
        .values()
        .forEach(partitions ->
            partitions.keySet().forEach(partition -> latest.put(partition, OffsetSpec.latest())));
    return admin.listOffsets(latest).all().get(SECONDS, TimeUnit.SECONDS);
  }

  private static Map<String, Long> lags(
      Map<String, Map<TopicPartition, OffsetAndMetadata>> committed,
      Map<TopicPartition, ListOffsetsResultInfo> ends) {
    Map<String, Long> lags = new TreeMap<>();
    committed.forEach((group, partitions) ->
        partitions.forEach((partition, offset) -> {
          // A partition nobody has committed for yet has no offset.
          long done = offset == null ? 0 : offset.offset();
          long lag = Math.max(0, ends.get(partition).offset() - done);
          lags.merge(group + " of " + partition.topic(), lag, Long::sum);
        }));
    return lags;
  }

  @Override
  public void close() {
    admin.close(java.time.Duration.ofSeconds(2));
  }
}
