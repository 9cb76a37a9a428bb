package org.regionalpacs.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaServerTest {
  private static final KafkaTopic QUEUE = new KafkaTopic("queue", 3, Duration.ofDays(30), true);

  @TempDir Path dir;

  @Test
  void givenItIsKilledByForce_whenRestarted_thenAcknowledgedRecordsAreThere() throws Exception {
    try (KafkaServer server = KafkaServer.start(KafkaSettings.in(dir))) {
      server.createTopics(List.of(QUEUE));
      server.createTopics(List.of(QUEUE));
      send(server, "first");
      var ended = server.exited();
      ProcessHandle.of(server.process().pid().getAsLong()).orElseThrow().destroyForcibly();
      ended.get(60, TimeUnit.SECONDS);

      server.restart();

      assertThat(read(server)).containsExactly("first");
      assertThat(topicConfig(server, "retention.ms")).isEqualTo("" + 30L * 24 * 3600 * 1000);
      assertThat(topicConfig(server, "flush.messages")).isEqualTo("1");
    }
  }

  private static void send(KafkaServer server, String value) throws Exception {
    Map<String, Object> settings = Map.of("bootstrap.servers", server.bootstrapServers());
    try (var producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>(QUEUE.name(), 0, "key", value)).get(60, TimeUnit.SECONDS);
    }
  }

  private static List<String> read(KafkaServer server) {
    Map<String, Object> settings = Map.of("bootstrap.servers", server.bootstrapServers());
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      TopicPartition partition = new TopicPartition(QUEUE.name(), 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      return consumer.poll(Duration.ofSeconds(20)).records(partition).stream()
          .map(ConsumerRecord::value)
          .toList();
    }
  }

  private static String topicConfig(KafkaServer server, String key) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", server.bootstrapServers()))) {
      ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, QUEUE.name());
      return admin.describeConfigs(List.of(topic)).all().get().get(topic).get(key).value();
    }
  }
}
