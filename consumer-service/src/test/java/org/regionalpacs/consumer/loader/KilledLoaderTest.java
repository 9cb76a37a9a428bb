package org.regionalpacs.consumer.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.consumer.ConsumerApplication;
import org.regionalpacs.embedded.EmbeddedServer;
import org.regionalpacs.embedded.JavaServer;
import org.regionalpacs.embedded.JavaSettings;
import org.regionalpacs.embedded.KafkaServer;
import org.regionalpacs.embedded.KafkaSettings;
import org.regionalpacs.embedded.KafkaTopic;
import org.regionalpacs.messages.DicomImageMessage;
import org.regionalpacs.messages.DicomStateMessage;
import org.regionalpacs.messages.LogMessage;
import org.regionalpacs.messages.LogRecordCodec;
import org.regionalpacs.messages.MessageCodec;
import org.regionalpacs.messages.ReceptionId;
import org.regionalpacs.messages.Topics;
import org.regionalpacs.test.FreePort;
import org.regionalpacs.test.Testdata;
import org.regionalpacs.test.doris.DorisFault;
import org.regionalpacs.test.doris.DorisTable;
import org.regionalpacs.test.doris.FakeDoris;
import org.regionalpacs.warehouse.WarehouseTable;

/**
 * The service in a JVM of its own is killed twice when Doris has committed a batch and the service
 * doesn't know: its tables of logs would keep rows twice. {@link LoaderContract} has the same, and
 * more, within a JVM.
 */
@Tag("long")
class KilledLoaderTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String STUDY = "1.2.3";

  @TempDir Path dir;
  private KafkaServer kafka;
  private FakeDoris doris;
  private KafkaProducer<String, byte[]> producer;
  private final List<String> requests = new ArrayList<>();
  private int instances;

  @BeforeEach
  void start() throws Exception {
    kafka = KafkaServer.start(KafkaSettings.in(dir.resolve("kafka")));
    kafka.createTopics(
        Stream.of(Topics.LOG, Topics.DICOM_IMAGE, Topics.DICOM_STATE)
            .map(name -> new KafkaTopic(name, 1, Duration.ofDays(1), false))
            .toList());
    List<DorisTable> tables = new ArrayList<>();
    for (WarehouseTable table : WarehouseTable.values()) {
      Path ddl = Testdata.repository().resolve("deploy/doris/" + table.table() + ".sql");
      tables.add(DorisTable.parse(Files.readString(ddl).replace("${replication}", "1")));
    }
    doris = FakeDoris.start(tables);
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  @AfterEach
  void stop() throws Exception {
    producer.close(Duration.ofSeconds(5));
    doris.close();
    kafka.close();
  }

  @Test
  void givenKillsBetweenLoadAndCommit_whenItRunsOn_thenEachRowIsThereOnce() throws Exception {
    loadAndKill("first");
    loadAndKill("second");
    send(5);
    doris.heal();
    try (JavaServer service = service("third")) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> {
            assertThat(eventIds()).containsExactlyInAnyOrderElementsOf(requests);
            assertThat(doris.rows("dicom_image_meta")).hasSize(instances);
            assertThat(doris.rows("dicom_state_meta")).hasSize(instances);
          });
      assertThat(service.alive()).isTrue();
    }
    assertThat(eventIds()).containsExactlyInAnyOrderElementsOf(requests);
  }

  /** Kills it when more rows are there than it has been told of. */
  private void loadAndKill(String name) throws Exception {
    send(20);
    long before = all().count();
    doris.heal();
    doris.next(DorisFault.TIMEOUT_AFTER_COMMIT, DorisFault.TIMEOUT_AFTER_COMMIT);
    try (JavaServer service = service(name)) {
      await().atMost(PATIENCE).until(() -> all().count() > before);
      ProcessHandle process =
          ProcessHandle.of(EmbeddedServer.pid(dir.resolve(name), name).orElseThrow()).orElseThrow();
      process.destroyForcibly();
      process.onExit().get(30, TimeUnit.SECONDS);
      assertThat(service.exited().get(30, TimeUnit.SECONDS)).isNotZero();
    }
  }

  private Stream<String> all() {
    return Stream.of(WarehouseTable.values())
        .flatMap(table -> doris.rows(table.table()).stream().map(Object::toString));
  }

  private List<String> eventIds() {
    return doris.rows("wado_access_log").stream()
        .map(row -> row.get("event_id").asString())
        .toList();
  }

  private JavaServer service(String name) throws Exception {
    int port = FreePort.any();
    List<String> arguments =
        List.of(
            "--spring.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
            "--server.address=127.0.0.1",
            "--server.port=" + port,
            // It has none, and needs none for this.
            "--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/none",
            "--pacs.indexer.enabled=false",
            "--pacs.archiver.enabled=false",
            "--pacs.loader.age=200ms",
            "--pacs.topics.partitions=1",
            "--pacs.warehouse.doris.frontends=" + doris.frontend() + "," + doris.otherFrontend(),
            "--pacs.warehouse.doris.user=" + FakeDoris.USER,
            "--pacs.warehouse.doris.password=" + FakeDoris.PASSWORD);
    return JavaServer.start(
        new JavaSettings(
            name,
            Files.createDirectories(dir.resolve(name)),
            dir.resolve(name + ".log"),
            "127.0.0.1",
            port,
            List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
            ConsumerApplication.class.getName(),
            arguments,
            Duration.ofSeconds(20)));
  }

  /** So many records on each topic. */
  private void send(int count) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    for (int i = 0; i < count; i++) {
      String uid = STUDY + "." + ++instances;
      LogMessage request = request(now);
      requests.add(request.eventId().toString());
      send(Topics.LOG, new LogRecordCodec().encode(request));
      send(
          Topics.DICOM_IMAGE,
          MessageCodec.of(DicomImageMessage.class)
              .encode(
                  new DicomImageMessage(
                      DicomImageMessage.SCHEMA_VERSION,
                      ReceptionId.next(),
                      "default",
                      STUDY,
                      uid,
                      uid + ".1",
                      "1.2.840.10008.5.1.4.1.1.2",
                      "1.2.840.10008.1.2.1",
                      1000,
                      now,
                      now,
                      Map.of("Modality", "CT"))));
      send(
          Topics.DICOM_STATE,
          MessageCodec.of(DicomStateMessage.class)
              .encode(
                  new DicomStateMessage(
                      DicomStateMessage.SCHEMA_VERSION,
                      "default",
                      STUDY,
                      uid,
                      "",
                      "CT",
                      "20260102",
                      instances,
                      now,
                      now)));
    }
    producer.flush();
  }

  private void send(String topic, byte[] value) {
    producer.send(new ProducerRecord<>(topic, STUDY, value));
  }

  private static LogMessage request(Instant time) {
    return new LogMessage(
        LogMessage.SCHEMA_VERSION,
        ReceptionId.next(),
        time,
        "default",
        "wado",
        "WADO-RS frames",
        "",
        "127.0.0.1",
        STUDY,
        "",
        "",
        200,
        "",
        1000,
        7,
        "online");
  }
}
