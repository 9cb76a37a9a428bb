package org.regionalpacs.consumer.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.regionalpacs.consumer.DeadLetters;
import org.regionalpacs.consumer.FailureMetrics;
import org.regionalpacs.consumer.Publisher;
import org.regionalpacs.consumer.RetryProperties;
import org.regionalpacs.messages.ConversionMessage;
import org.regionalpacs.messages.ConversionOutcome;
import org.regionalpacs.messages.LogMessage;
import org.regionalpacs.messages.LogRecord;
import org.regionalpacs.messages.LogRecordCodec;
import org.regionalpacs.messages.ReceptionId;
import org.regionalpacs.messages.Topics;
import org.regionalpacs.test.IntegrationTest;
import org.regionalpacs.warehouse.Warehouse;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.test.context.TestPropertySource;
import org.springframework.util.unit.DataSize;

/** Loaders on a real Kafka, each test with a topic of its own. */
@IntegrationTest
@TestPropertySource(
    properties = {
      "spring.config.name=application,consumer",
      "pacs.indexer.enabled=false",
      "pacs.archiver.enabled=false",
      "pacs.loader.enabled=false",
      "spring.kafka.consumer.heartbeat-interval=300ms"
    })
abstract class OneTopic {
  static final Duration PATIENCE = Duration.ofSeconds(60);
  static final Duration NEVER = Duration.ofMinutes(10);
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final LogRecordCodec CODEC = new LogRecordCodec();
  private static final RetryProperties RETRY =
      new RetryProperties(Duration.ofMillis(20), Duration.ofMillis(100), 2);

  @Autowired DeadLetters deadLetters;
  @Autowired FailureMetrics failures;
  @Autowired MeterRegistry serviceMeters;
  @Autowired Publisher publisher;
  @Autowired ConsumerFactory<String, byte[]> consumers;
  @Autowired KafkaConnectionDetails kafka;

  final WarehouseTrouble trouble = new WarehouseTrouble();
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<Loader> loaders = new ArrayList<>();
  private final List<WatchedWarehouse> watched = new ArrayList<>();
  String topic;
  String tenant;

  /** The warehouse that it is about. */
  abstract Warehouse warehouse();

  @BeforeEach
  void makeTopic() throws Exception {
    makeTopic(1);
  }

  void makeTopic(int partitions) throws Exception {
    topic = "log_t" + NUMBER.incrementAndGet();
    tenant = topic;
    try (Admin admin = admin()) {
      List<NewTopic> topics =
          List.of(
              new NewTopic(topic, partitions, (short) 1),
              new NewTopic(Topics.deadLetters(topic), 1, (short) 1));
      admin.createTopics(topics).all().get(30, TimeUnit.SECONDS);
    }
  }

  @AfterEach
  void stopAll() {
    watched.forEach(WatchedWarehouse::release);
    loaders.forEach(Loader::stop);
  }

  WatchedWarehouse watched() {
    WatchedWarehouse one = new WatchedWarehouse(warehouse());
    watched.add(one);
    return one;
  }

  /** Whose batches end by their rows, or never. */
  static LoaderProperties byRows(int rows) {
    return limits(rows, DataSize.ofMegabytes(8), NEVER);
  }

  static LoaderProperties limits(int rows, DataSize bytes, Duration age) {
    // It stops at once: as if it were killed, but that the group knows.
    return new LoaderProperties(true, 1, rows, bytes, age, 2, Duration.ZERO);
  }

  Loader start(LoaderProperties limits, Warehouse into) {
    return start(limits, into, consumers);
  }

  Loader start(LoaderProperties limits, Warehouse into, ConsumerFactory<String, byte[]> consumers) {
    Map<String, RowReader> readers = Map.of(topic, new LogRows());
    LoaderMetrics metrics = new LoaderMetrics(meters, failures);
    Loads loads = new Loads(readers, into, deadLetters, RETRY, metrics, trouble, limits.parallel());
    Loader loader =
        new Loader(
            limits,
            RETRY,
            readers.keySet(),
            consumers,
            () -> Optional.of("cluster"),
            loads,
            limits::age);
    loaders.add(loader);
    loader.start();
    return loader;
  }

  LogMessage request(Instant time) {
    return new LogMessage(
        1,
        ReceptionId.next(),
        time,
        tenant,
        "wado",
        "WADO-RS frames",
        "someone",
        "127.0.0.1",
        "1.2",
        "1.2.3",
        "1.2.3.4",
        200,
        "",
        1000,
        7,
        "online");
  }

  /** That fit no table: no database has such years. */
  LogMessage misfit() {
    return request(Instant.parse("+12026-01-01T00:00:00Z"));
  }

  List<LogRecord> requests(int count) {
    return new ArrayList<>(IntStream.range(0, count).mapToObj(_ -> request(now())).toList());
  }

  ConversionMessage conversion(Instant time) {
    return new ConversionMessage(
        1,
        ReceptionId.next(),
        time,
        tenant,
        "1.2",
        "1.2.3",
        "1.2.3.4",
        ReceptionId.next(),
        "1.2.840.10008.1.2.1",
        "1.2.840.10008.1.2.4.90",
        12,
        1000,
        500,
        ConversionOutcome.DONE,
        "");
  }

  static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  void send(List<? extends LogRecord> records) {
    publisher.publish(
        records.stream()
            .map(record -> new ProducerRecord<>(topic, record.study(), CODEC.encode(record)))
            .toList());
  }

  void sendTo(int partition, List<? extends LogRecord> records) {
    publisher.publish(
        records.stream()
            .map(record ->
                new ProducerRecord<>(topic, partition, record.study(), CODEC.encode(record)))
            .toList());
  }

  /** How often a load had to be repeated because the warehouse was away, in all tests. */
  double retries() {
    return serviceMeters
        .get("pacs.step.retries")
        .tags("group", "loader", "cause", "warehouse")
        .counter()
        .count();
  }

  static byte[] json(LogRecord record) {
    return CODEC.encode(record);
  }

  static List<String> ids(List<? extends LogRecord> records) {
    return records.stream().map(LogRecord::eventId).map(UUID::toString).toList();
  }

  /** The event ids of a table's rows of this test, each as often as it is there. */
  abstract List<String> loaded(String table);

  List<String> loaded() {
    return loaded("wado_access_log");
  }

  void awaitLoaded(List<? extends LogRecord> records) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(loaded()).containsExactlyInAnyOrderElementsOf(ids(records)));
  }

  void awaitCommitted(long offset) {
    await()
        .atMost(PATIENCE)
        .until(() -> committed(0).map(OffsetAndMetadata::offset).equals(Optional.of(offset)));
  }

  Optional<OffsetAndMetadata> committed(int partition) throws Exception {
    try (Admin admin = admin()) {
      return Optional.ofNullable(
          admin
              .listConsumerGroupOffsets(Loader.GROUP)
              .partitionsToOffsetAndMetadata()
              .get(60, TimeUnit.SECONDS)
              .get(new TopicPartition(topic, partition)));
    }
  }

  /** What the group has committed, set by hand while nobody reads. */
  void commit(long offset, String metadata) throws Exception {
    try (Admin admin = admin()) {
      admin
          .alterConsumerGroupOffsets(
              Loader.GROUP,
              Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(offset, metadata)))
          .all()
          .get(60, TimeUnit.SECONDS);
    }
  }

  List<ConsumerRecord<String, byte[]>> letters() {
    TopicPartition partition = new TopicPartition(Topics.deadLetters(topic), 0);
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    try (Consumer<String, byte[]> consumer = consumers.createConsumer("reader", "test")) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }

  static String header(ConsumerRecord<?, ?> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", kafka.getBootstrapServers()));
  }
}
