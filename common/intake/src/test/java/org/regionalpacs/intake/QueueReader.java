package org.regionalpacs.intake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.regionalpacs.messages.MessageCodec;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.messages.Topics;

/** Reads {@code storage_queue} as a consumer would. */
public final class QueueReader {
  private static final MessageCodec<StorageMessage> CODEC = MessageCodec.of(StorageMessage.class);

  private QueueReader() {}

  /** All messages of a study, in the order of the topic. */
  public static List<StorageMessage> messages(String kafka, String study) {
    Map<String, Object> settings = Map.of("bootstrap.servers", kafka);
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.STORAGE).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<StorageMessage> messages = new ArrayList<>();
      while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          if (record.key().equals(study)) {
            messages.add(CODEC.decode(record.value()));
          }
        }
      }
      return messages;
    }
  }
}
