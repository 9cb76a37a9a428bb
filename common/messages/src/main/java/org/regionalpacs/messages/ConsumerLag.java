package org.regionalpacs.messages;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsResult;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** How far consumer groups are behind their topics. */
public final class ConsumerLag implements AutoCloseable {
  /** The consumer groups of the product. */
  public static final List<String> GROUPS = List.of("indexer", "archiver", "converter", "loader");

  private static final int SECONDS = 10;

  private final Admin admin;

  /**
   * @param bootstrap addresses of Kafka, host:port, separated by commas
   */
  public ConsumerLag(String bootstrap) {
    this(Map.of("bootstrap.servers", bootstrap));
  }

  /**
   * @param connection settings of Kafka's client for administrators, but for its timeouts
   */
  public ConsumerLag(Map<String, Object> connection) {
    Map<String, Object> settings = new HashMap<>(connection);
    settings.put("request.timeout.ms", "5000");
    settings.put("default.api.timeout.ms", "8000");
    this.admin = Admin.create(settings);
  }

  /** A topic as one consumer group reads it. */
  public record Queue(String group, String topic) {}

  /**
   * Lag in records of the product's groups, by {@code "group of topic"}.
   *
   * @throws IOException when Kafka doesn't answer within some seconds
   */
  public Map<String, Long> byGroupAndTopic() throws IOException {
    Map<String, Long> named = new TreeMap<>();
    byQueue(GROUPS).forEach((queue, lag) -> named.put(queue.group() + " of " + queue.topic(), lag));
    return named;
  }

  /**
   * Lag in records, of every topic that a group has committed an offset of. Of such a topic all
   * partitions count: one without a committed offset waits from its first record on. Groups and
   * topics that there aren't (any more) are left out.
   *
   * @throws IOException when Kafka doesn't answer within some seconds
   */
  public Map<Queue, Long> byQueue(Collection<String> groups) throws IOException {
    try {
      Map<String, Map<TopicPartition, Long>> committed = committed(groups);
      Map<String, List<TopicPartition>> topics = partitions(committed);
      Set<TopicPartition> all =
          topics.values().stream().flatMap(List::stream).collect(Collectors.toSet());
      return lags(
          committed,
          topics,
          offsets(all, OffsetSpec.earliest()),
          offsets(all, OffsetSpec.latest()));
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("Kafka doesn't answer: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private Map<String, Map<TopicPartition, Long>> committed(Collection<String> groups)
      throws ExecutionException, TimeoutException, InterruptedException {
    ListConsumerGroupOffsetsResult asked =
        admin.listConsumerGroupOffsets(
            groups.stream()
                .collect(
                    Collectors.toMap(
                        Function.identity(), _ -> new ListConsumerGroupOffsetsSpec())));
    Map<String, Map<TopicPartition, Long>> committed = new HashMap<>();
    for (String group : groups) {
      Map<TopicPartition, Long> offsets = new HashMap<>();
      there(asked.partitionsToOffsetAndMetadata(group))
          .orElse(Map.of())
          .forEach(
              // Kafka may name a partition that nobody has committed for yet, without an offset.
              (partition, offset) ->
                  Optional.ofNullable(offset)
                      .map(OffsetAndMetadata::offset)
                      .ifPresent(done -> offsets.put(partition, done)));
      committed.put(group, offsets);
    }
    return committed;
  }

  /** All partitions of the topics that somebody has committed an offset of. */
  private Map<String, List<TopicPartition>> partitions(
      Map<String, Map<TopicPartition, Long>> committed)
      throws ExecutionException, TimeoutException, InterruptedException {
    Set<String> names = new HashSet<>();
    committed.values().forEach(offsets -> names.addAll(topics(offsets)));
    Map<String, KafkaFuture<TopicDescription>> asked =
        admin.describeTopics(names).topicNameValues();
    Map<String, List<TopicPartition>> partitions = new HashMap<>();
    for (String topic : names) {
      there(asked.get(topic))
          .ifPresent(described ->
              partitions.put(
                  topic,
                  described.partitions().stream()
                      .map(partition -> new TopicPartition(topic, partition.partition()))
                      .toList()));
    }
    return partitions;
  }

  private static Set<String> topics(Map<TopicPartition, Long> offsets) {
    return offsets.keySet().stream().map(TopicPartition::topic).collect(Collectors.toSet());
  }

  private Map<TopicPartition, Long> offsets(Set<TopicPartition> partitions, OffsetSpec which)
      throws ExecutionException, TimeoutException, InterruptedException {
    ListOffsetsResult asked =
        admin.listOffsets(
            partitions.stream().collect(Collectors.toMap(Function.identity(), _ -> which)));
    Map<TopicPartition, Long> offsets = new HashMap<>();
    for (TopicPartition partition : partitions) {
      there(asked.partitionResult(partition))
          .map(ListOffsetsResultInfo::offset)
          .ifPresent(offset -> offsets.put(partition, offset));
    }
    return offsets;
  }

  /** Empty when what is asked for isn't there. */
  private static <T> Optional<T> there(KafkaFuture<T> answer)
      throws ExecutionException, TimeoutException, InterruptedException {
    try {
      return Optional.of(answer.get(SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException
          || e.getCause() instanceof GroupIdNotFoundException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static Map<Queue, Long> lags(
      Map<String, Map<TopicPartition, Long>> committed,
      Map<String, List<TopicPartition>> topics,
      Map<TopicPartition, Long> begins,
      Map<TopicPartition, Long> ends) {
    Map<Queue, Long> lags = new HashMap<>();
    committed.forEach((group, offsets) -> {
      for (String topic : topics(offsets)) {
        for (TopicPartition partition : topics.getOrDefault(topic, List.of())) {
          if (begins.containsKey(partition) && ends.containsKey(partition)) {
            long done = offsets.getOrDefault(partition, begins.get(partition));
            long lag = Math.max(0, ends.get(partition) - done);
            lags.merge(new Queue(group, topic), lag, Long::sum);
          }
        }
      }
    });
    return lags;
  }

  @Override
  public void close() {
    admin.close(java.time.Duration.ofSeconds(2));
  }
}
