package org.regionalpacs.standalone;

import static org.apache.kafka.clients.consumer.ConsumerConfig.*;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the topics of dead letters, beside the consumers and without moving any offset. */
final class Letters implements AutoCloseable {
  private static final Duration ANSWER = Duration.ofSeconds(10);

  /** Without a record for so long, Kafka doesn't answer. */
  private static final Duration SILENCE = Duration.ofSeconds(20);

  /** How far one look back goes, in records of a partition. */
  private static final int WINDOW = 1000;

  private final String bootstrap;
  private final KafkaConsumer<byte[], byte[]> consumer;

  Letters(String bootstrap) {
    this.bootstrap = bootstrap;
    try {
      this.consumer =
          new KafkaConsumer<>(
              Map.of(
                  BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                  ENABLE_AUTO_COMMIT_CONFIG, "false",
                  ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false",
                  // Marks of a replay that didn't end are none.
                  ISOLATION_LEVEL_CONFIG, "read_committed",
                  AUTO_OFFSET_RESET_CONFIG, "earliest",
                  DEFAULT_API_TIMEOUT_MS_CONFIG, String.valueOf(ANSWER.toMillis())),
              new ByteArrayDeserializer(),
              new ByteArrayDeserializer());
    } catch (KafkaException e) {
      throw unreachable(e);
    }
  }

  /** The topics of dead letters, by name. */
  List<String> topics() {
    return ask(() ->
        consumer.listTopics().keySet().stream()
            .filter(topic -> topic.endsWith(LetterId.SUFFIX))
            .sorted()
            .toList());
  }

  boolean exists(String topic) {
    return ask(() -> consumer.listTopics().containsKey(topic));
  }

  /** The newest letters that match, newest first. */
  List<Letter> newest(Collection<String> topics, Predicate<Letter> matches, int limit) {
    List<Letter> found = new ArrayList<>();
    ask(() -> {
      for (TopicPartition partition : partitions(topics)) {
        found.addAll(newest(partition, matches, limit));
      }
      return found;
    });
    return found.stream()
        .sorted(Comparator.comparing(Letter::time).thenComparing(Letter::id).reversed())
        .limit(limit)
        .toList();
  }

  private List<Letter> newest(TopicPartition partition, Predicate<Letter> matches, int limit) {
    List<Letter> found = new ArrayList<>();
    long begin = begin(partition);
    long end = end(partition);
    while (end > begin && found.size() < limit) {
      long from = Math.max(begin, end - WINDOW);
      List<Letter> window = new ArrayList<>();
      read(partition, from, end, record -> window.add(new Letter(record)));
      window.reversed().stream().filter(matches).forEach(found::add);
      end = from;
    }
    return found.subList(0, Math.min(found.size(), limit));
  }

  /** Each letter of the topics, oldest first within a partition. */
  void each(Collection<String> topics, Consumer<Letter> action) {
    ask(() -> {
      for (TopicPartition partition : partitions(topics)) {
        read(
            partition,
            begin(partition),
            end(partition),
            record -> action.accept(new Letter(record)));
      }
      return topics;
    });
  }

  /** One letter. */
  Optional<Letter> find(LetterId id) {
    if (!topics().contains(id.topic())) {
      return Optional.empty();
    }
    return ask(() -> {
      TopicPartition partition = id.topicPartition();
      List<Letter> found = new ArrayList<>();
      if (partitions(List.of(id.topic())).contains(partition)
          && id.offset() >= begin(partition)
          && id.offset() < end(partition)) {
        read(partition, id.offset(), id.offset() + 1, record -> found.add(new Letter(record)));
      }
      return found.stream().filter(letter -> letter.id().equals(id)).findFirst();
    });
  }

  /** All records of a topic that is there. */
  void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> action) {
    ask(() -> {
      for (TopicPartition partition : partitions(List.of(topic))) {
        read(partition, begin(partition), end(partition), action);
      }
      return topic;
    });
  }

  private List<TopicPartition> partitions(Collection<String> topics) {
    return topics.stream()
        .flatMap(topic -> consumer.partitionsFor(topic).stream())
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .toList();
  }

  private long begin(TopicPartition partition) {
    // Asked about partitions of others, the consumer warns.
    consumer.assign(List.of(partition));
    return consumer.beginningOffsets(List.of(partition)).get(partition);
  }

  private long end(TopicPartition partition) {
    consumer.assign(List.of(partition));
    return consumer.endOffsets(List.of(partition)).get(partition);
  }

  private void read(
      TopicPartition partition,
      long from,
      long end,
      Consumer<ConsumerRecord<byte[], byte[]>> action) {
    consumer.assign(List.of(partition));
    consumer.seek(partition, from);
    long silentSince = System.nanoTime();
    long position = from;
    while (position < end) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
        if (record.offset() < end) {
          action.accept(record);
        }
      }
      long reached = consumer.position(partition);
      if (reached > position) {
        silentSince = System.nanoTime();
        position = reached;
      } else if (System.nanoTime() - silentSince > SILENCE.toNanos()) {
        throw unreachable(new KafkaException("no answer"));
      }
    }
  }

  private <T> T ask(Supplier<T> question) {
    try {
      return question.get();
    } catch (KafkaException e) {
      throw unreachable(e);
    }
  }

  private Complaint unreachable(KafkaException cause) {
    return new Complaint(
        "Kafka at %s doesn't answer: %s".formatted(bootstrap, cause.getMessage()), cause);
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(Duration.ofSeconds(2)));
  }
}
