package org.regionalpacs.storescp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.regionalpacs.messages.MessageCodec;

/** Reads a topic from its beginning. */
final class Topic<T> implements AutoCloseable {
  private final KafkaConsumer<String, byte[]> consumer;
  private final MessageCodec<T> codec;
  private final List<T> read = new ArrayList<>();

  Topic(List<String> bootstrap, String name, Class<T> type) {
    this.codec = MessageCodec.of(type);
    this.consumer =
        new KafkaConsumer<>(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(name).stream()
            .map(p -> new TopicPartition(name, p.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** The messages so far that match. */
  List<T> matching(Predicate<T> wanted) {
    consumer.poll(Duration.ofMillis(100)).forEach(r -> read.add(codec.decode(r.value())));
    return read.stream().filter(wanted).toList();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
