package org.regionalpacs.wado;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.regionalpacs.messages.LogRecord;
import org.regionalpacs.messages.LogRecordCodec;
import org.regionalpacs.messages.Topics;

/** The records of the log topic that come after it is opened. */
final class LogTopic implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final LogRecordCodec codec = new LogRecordCodec();
  private final List<LogRecord> read = new ArrayList<>();
  private final KafkaConsumer<String, byte[]> consumer;

  LogTopic(List<String> bootstrap) {
    Map<String, Object> settings = Map.of("bootstrap.servers", String.join(",", bootstrap));
    consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    consumer.assign(
        consumer.partitionsFor(Topics.LOG).stream()
            .map(part -> new TopicPartition(part.topic(), part.partition()))
            .toList());
    consumer.seekToEnd(consumer.assignment());
    consumer.assignment().forEach(consumer::position);
  }

  /** All so far, as soon as one of them matches. */
  List<LogRecord> until(Predicate<LogRecord> wanted) {
    Instant limit = Instant.now().plus(LIMIT);
    while (read.stream().noneMatch(wanted)) {
      if (Instant.now().isAfter(limit)) {
        throw new AssertionError("not on the log topic after " + LIMIT + ", but " + read);
      }
      poll(Duration.ofMillis(200));
    }
    // Partitions have no common order: what was recorded before may come after.
    while (poll(Duration.ofSeconds(1))) {
      continue;
    }
    return List.copyOf(read);
  }

  /** Whether anything came. */
  private boolean poll(Duration patience) {
    ConsumerRecords<String, byte[]> records = consumer.poll(patience);
    records.forEach(record -> read.add(codec.decode(record.value())));
    return !records.isEmpty();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
