package org.regionalpacs.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.regionalpacs.index.InstanceObjects;
import org.regionalpacs.index.ObjectLocation;
import org.regionalpacs.messages.MessageCodec;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.messages.Topics;
import org.regionalpacs.test.IntegrationTest;
import org.regionalpacs.test.SampleObjects;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** The running service with the real servers behind it, all test classes on the same one. */
@IntegrationTest
@TestPropertySource(
    properties = {
      "spring.config.name=application,consumer",
      "spring.datasource.hikari.connection-timeout=5000",
      "spring.kafka.producer.properties.max.block.ms=10000",
      "spring.kafka.producer.properties.request.timeout.ms=10000",
      "spring.kafka.producer.properties.delivery.timeout.ms=30000",
      "pacs.retry.longest-pause=1s",
      "pacs.loader.age=1s",
      // A busy machine must not look like objects that have waited for too long.
      "pacs.precedence.longest=2m",
      "pacs.queue-lag.interval=300ms",
      "pacs.parking.most=20",
      "pacs.parking.first-pause=300ms",
      "pacs.parking.longest-pause=1s",
      "pacs.parking.give-up-after=1h",
      "pacs.charsets.fallbacks[0].tenant=" + AcceptedObjects.TENANT,
      "pacs.charsets.fallbacks[0].read-as[0].declared=ISO_IR 144",
      "pacs.charsets.fallbacks[0].read-as[0].means=GB18030"
    })
abstract class RunningConsumers {
  static final MessageCodec<StorageMessage> STORAGE = MessageCodec.of(StorageMessage.class);
  static final Duration PATIENCE = Duration.ofSeconds(60);
  static final Path FOLDER = temporaryFolder();

  @DynamicPropertySource
  static void folders(DynamicPropertyRegistry registry) {
    registry.add("pacs.online.root", () -> FOLDER.resolve("online"));
    registry.add("pacs.archive.root", () -> FOLDER.resolve("archive"));
    registry.add("pacs.converter.scratch", () -> FOLDER.resolve("scratch"));
    registry.add("pacs.derived.root", () -> FOLDER.resolve("derived"));
  }

  @Autowired Publisher publisher;
  @Autowired InstanceObjects index;
  @Autowired JdbcClient jdbc;
  @Autowired KafkaListenerEndpointRegistry listeners;
  @Autowired ConsumerFactory<String, byte[]> consumers;
  @Autowired KafkaConnectionDetails kafka;
  @Autowired JdbcConnectionDetails database;

  final AcceptedObjects intake = new AcceptedObjects(FOLDER.resolve("online"));
  final SampleObjects study = SampleObjects.newStudy();

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("regional-pacs-consumer-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void send(List<StorageMessage> messages) {
    publisher.publish(
        messages.stream()
            .map(message ->
                new ProducerRecord<>(Topics.STORAGE, message.study(), STORAGE.encode(message)))
            .toList());
  }

  void raw(SampleObjects key, String value) {
    publisher.publish(
        List.of(
            new ProducerRecord<>(
                Topics.STORAGE, key.studyUid(), value.getBytes(StandardCharsets.UTF_8))));
  }

  List<String> indexed(SampleObjects of) {
    return index.ofStudy(AcceptedObjects.TENANT, of.studyUid()).stream()
        .filter(object -> object.locations().stream().anyMatch(ObjectLocation::online))
        .map(object -> object.sop())
        .toList();
  }

  List<String> archived(SampleObjects of) {
    return index.ofStudy(AcceptedObjects.TENANT, of.studyUid()).stream()
        .filter(
            object -> object.locations().stream().anyMatch(place -> place.store().equals("local")))
        .map(object -> object.sop())
        .toList();
  }

  void awaitIndexedAndArchived(SampleObjects of, int count) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(() -> {
          assertThat(indexed(of)).hasSize(count);
          assertThat(archived(of)).hasSize(count);
        });
  }

  /** Rows of a study in the warehouse; none before it is first used. */
  long inWarehouse(String table, SampleObjects of) {
    boolean there =
        jdbc.sql("select to_regclass('warehouse.load_label') is not null")
            .query(Boolean.class)
            .single();
    return !there
        ? 0
        : jdbc.sql("select count(*) from warehouse.%s where study_uid = ?".formatted(table))
            .param(of.studyUid())
            .query(Long.class)
            .single();
  }

  List<String> rows() {
    return jdbc.sql(
            """
            select i::text from instance i union all select l::text from location l
            union all select s::text from series s union all select s::text from study s
            """)
        .query(String.class)
        .list();
  }

  List<ConsumerRecord<String, byte[]>> told(String topic, SampleObjects about) {
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    try (Consumer<String, byte[]> consumer = consumers.createConsumer("reader", "test")) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records.stream().filter(record -> about.studyUid().equals(record.key())).toList();
  }

  List<ConsumerRecord<String, byte[]>> deadLetters(SampleObjects about) {
    return told(Topics.deadLetters(Topics.STORAGE), about);
  }

  long parked(SampleObjects about) {
    return jdbc.sql("select count(*) from parked_record where record_key = ?")
        .param(about.studyUid())
        .query(Long.class)
        .single();
  }

  void awaitNoLag() {
    await().atMost(PATIENCE).until(() -> lag("indexer") == 0 && lag("archiver") == 0);
  }

  long lag(String group) throws Exception {
    try (Admin admin = admin();
        Consumer<String, byte[]> consumer = consumers.createConsumer("lag", "test")) {
      Map<TopicPartition, OffsetAndMetadata> offsets =
          admin
              .listConsumerGroupOffsets(group)
              .partitionsToOffsetAndMetadata()
              .get(60, TimeUnit.SECONDS);
      return consumer.endOffsets(partitions(consumer)).entrySet().stream()
          .mapToLong(end ->
              end.getValue()
                  - (offsets.get(end.getKey()) == null ? 0 : offsets.get(end.getKey()).offset()))
          .sum();
    }
  }

  static List<TopicPartition> partitions(Consumer<?, ?> consumer) {
    return consumer.partitionsFor(Topics.STORAGE).stream()
        .map(partition -> new TopicPartition(Topics.STORAGE, partition.partition()))
        .toList();
  }

  void toTheBeginning(String... groups) throws Exception {
    try (Admin admin = admin();
        Consumer<String, byte[]> consumer = consumers.createConsumer("reset", "test")) {
      Map<TopicPartition, OffsetAndMetadata> beginning = new HashMap<>();
      consumer
          .beginningOffsets(partitions(consumer))
          .forEach((partition, offset) -> beginning.put(partition, new OffsetAndMetadata(offset)));
      for (String group : groups) {
        admin.alterConsumerGroupOffsets(group, beginning).all().get(60, TimeUnit.SECONDS);
      }
    }
  }

  Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", kafka.getBootstrapServers()));
  }

  static String header(ConsumerRecord<?, ?> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
