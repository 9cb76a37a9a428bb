package org.regionalpacs.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.messages.DeadLetterHeaders;
import org.regionalpacs.messages.DicomImageMessage;
import org.regionalpacs.messages.MessageCodec;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.messages.Topics;
import org.regionalpacs.test.RealServices;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command as an operator runs it, on a real Kafka without any consumer. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DltCommandIT {
  private static final String LETTERS = Topics.deadLetters(Topics.STORAGE);
  private static final List<String> IDS = new ArrayList<>();

  @TempDir static Path dir;
  private static String kafka;

  @BeforeAll
  static void putLetters() throws Exception {
    kafka = RealServices.kafkaBootstrap();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      put(producer, MessageCodec.of(StorageMessage.class).encode(message()), "indexer");
      put(producer, "Doe^Jane is no JSON".getBytes(StandardCharsets.UTF_8), "archiver");
      put(producer, MessageCodec.of(StorageMessage.class).encode(message()), "archiver");
    }
  }

  private static void put(KafkaProducer<byte[], byte[]> producer, byte[] value, String group)
      throws Exception {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(LETTERS, "1.2.3".getBytes(StandardCharsets.UTF_8), value);
    record.headers().add("kept", "yes".getBytes(StandardCharsets.UTF_8));
    record.headers().add(DeadLetterHeaders.CAUSE, "it\u001b[2J is gone".getBytes());
    record.headers().add(DeadLetterHeaders.GROUP, group.getBytes(StandardCharsets.UTF_8));
    record.headers().add(DeadLetterHeaders.TOPIC, Topics.STORAGE.getBytes());
    record.headers().add(DeadLetterHeaders.PARTITION, "2".getBytes());
    record.headers().add(DeadLetterHeaders.OFFSET, "17".getBytes());
    long offset = producer.send(record).get(30, TimeUnit.SECONDS).offset();
    IDS.add(LETTERS + "-0-" + offset);
  }

  @Test
  @Order(1)
  void givenDeadLetters_whenListed_thenTheNewestComesFirstAndNothingHarmsTheTerminal()
      throws Exception {
    PacsProcess list = dlt("list");

    assertThat(list.exitCode()).isZero();
    assertThat(list.output())
        .containsSubsequence(IDS.get(2), "archiver", IDS.get(1), IDS.get(0), "indexer")
        .contains("is gone", "from storage_queue-2-17", "StudyInstanceUID=1.2.3")
        .doesNotContain("\u001b", "sent again", "Doe");

    JsonNode json = json(dlt("list", "--json", "--limit=2", "--topic", Topics.STORAGE));
    assertThat(json.size()).isEqualTo(2);
    assertThat(json.get(0).get("ID").asString()).isEqualTo(IDS.get(2));
    assertThat(json.get(0).get("SOPInstanceUID").asString()).isEqualTo("1.2.3.4.5");

    JsonNode indexers = json(dlt("list", "--json", "--limit=1", "--group=indexer"));
    assertThat(indexers.get(0).get("ID").asString()).isEqualTo(IDS.getFirst());
  }

  @Test
  @Order(2)
  void givenADeadLetter_whenShown_thenThePatientIsHiddenUnlessAskedFor() throws Exception {
    PacsProcess shown = dlt("show", IDS.getFirst());
    assertThat(shown.exitCode()).isZero();
    JsonNode letter = json(shown);
    assertThat(letter.get("Headers").get("kept").asString()).isEqualTo("yes");
    assertThat(letter.get("Message").get("Digest").asString()).hasSize(64);
    assertThat(shown.output()).doesNotContain("PATIENT-7");
    assertThat(dlt("show", "--full", IDS.getFirst()).output()).contains("PATIENT-7");

    assertThat(dlt("show", IDS.get(1)).output()).contains("MessageBytes").doesNotContain("Base64");
    assertThat(dlt("show", "--full", IDS.get(1)).output()).contains("MessageBase64");
    PacsProcess none = dlt("show", LETTERS + "-0-99999");
    assertThat(none.exitCode()).isEqualTo(1);
    assertThat(none.output()).contains("There is no dead letter");
  }

  @Test
  @Order(3)
  void givenADeadLetter_whenReplayedTwice_thenItsGroupGetsItOnceUntilToldAgain() throws Exception {
    PacsProcess first = dlt("replay", IDS.getFirst());
    assertThat(first.output()).contains("was sent to storage_queue for indexer");
    assertThat(first.exitCode()).isZero();
    PacsProcess second = dlt("replay", IDS.getFirst());
    assertThat(second.output()).contains("was sent again at", "--again");
    assertThat(second.exitCode()).isZero();

    List<ConsumerRecord<byte[], byte[]>> sent = storageQueue();
    assertThat(sent).hasSize(1);
    assertThat(new Letter(sent.getFirst()).header(DeadLetterHeaders.REPLAY_GROUP))
        .isEqualTo("indexer");
    assertThat(new Letter(sent.getFirst()).header(DeadLetterHeaders.REPLAY_OF))
        .isEqualTo(IDS.getFirst());
    assertThat(new Letter(sent.getFirst()).header("kept")).isEqualTo("yes");
    assertThat(new Letter(sent.getFirst()).header(DeadLetterHeaders.CAUSE)).isEmpty();
    assertThat(sent.getFirst().key()).isEqualTo("1.2.3".getBytes());
    assertThat(sent.getFirst().value())
        .isEqualTo(MessageCodec.of(StorageMessage.class).encode(message()));
    assertThat(dlt("list").output()).contains("sent again");

    assertThat(dlt("replay", "--again", IDS.getFirst()).exitCode()).isZero();
    assertThat(storageQueue()).hasSize(2);
  }

  @Test
  @Order(4)
  void givenTheRest_whenAllOfAGroupAreReplayed_thenThoseSentBeforeAreLeftOut() throws Exception {
    assertThat(dlt("replay", "--all", "--group=archiver").output())
        .contains("2 dead letters were sent again");
    PacsProcess all = dlt("replay", "--all");
    assertThat(all.output()).contains("0 dead letters were sent again", "3 had been before");
    assertThat(storageQueue()).hasSize(4);
  }

  @Test
  @Order(5)
  void givenWrongUseOrNoKafka_thenTheExitCodeTells() throws Exception {
    assertThat(dlt("show", "nonsense").exitCode()).isEqualTo(2);
    assertThat(dlt("replay").exitCode()).isEqualTo(2);
    assertThat(PacsProcess.run("dlt").exitCode()).isEqualTo(2);
    assertThat(PacsProcess.run("dlt", "list", "--data", dir.resolve("none")).exitCode())
        .isEqualTo(3);
    PacsProcess away =
        PacsProcess.run(
            "dlt", "list", "--bootstrap-servers", "127.0.0.1:" + PacsProcess.anyFreePort());
    assertThat(away.exitCode()).isEqualTo(1);
    assertThat(away.output()).contains("doesn't answer");
  }

  @Test
  @Order(6)
  void
      givenALetterOfTheLoader_whenListedShownAndReplayed_thenItsPatientIsHiddenAndItIsForTheLoader()
          throws Exception {
    String id;
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(
              Topics.deadLetters(Topics.DICOM_IMAGE),
              MessageCodec.of(DicomImageMessage.class).encode(image()));
      record.headers().add(DeadLetterHeaders.CAUSE, "the warehouse refuses it".getBytes());
      record.headers().add(DeadLetterHeaders.GROUP, "loader".getBytes());
      record.headers().add(DeadLetterHeaders.TOPIC, Topics.DICOM_IMAGE.getBytes());
      long offset = producer.send(record).get(30, TimeUnit.SECONDS).offset();
      id = record.topic() + "-0-" + offset;
    }

    JsonNode listed = json(dlt("list", "--json", "--topic", Topics.DICOM_IMAGE));
    assertThat(listed.get(0).get("ID").asString()).isEqualTo(id);
    assertThat(listed.get(0).get("Group").asString()).isEqualTo("loader");
    assertThat(listed.get(0).get("SeriesInstanceUID").asString()).isEqualTo("1.2.3.4");
    String shown = dlt("show", id).output();
    assertThat(shown)
        .contains("\"Modality\" : \"CT\"", "\"OperatorsName\" : \"(hidden")
        .doesNotContain("Doe", "PATIENT-7", "ACCESSION-8");
    assertThat(dlt("replay", id).output()).contains("was sent to dicom_image_queue for loader");
    List<ConsumerRecord<byte[], byte[]>> sent = records(Topics.DICOM_IMAGE);
    assertThat(new Letter(sent.getLast()).header(DeadLetterHeaders.REPLAY_GROUP))
        .isEqualTo("loader");
  }

  private static DicomImageMessage image() {
    return new DicomImageMessage(
        1,
        new UUID(0x7000, 2),
        "default",
        "1.2.3",
        "1.2.3.4",
        "1.2.3.4.5",
        "1.2.840.10008.5.1.4.1.1.2",
        "1.2.840.10008.1.2.1",
        1000,
        Instant.parse("2026-01-02T03:04:05Z"),
        Instant.parse("2026-01-02T03:04:06Z"),
        Map.of(
            "Modality", "CT",
            "PatientID", "PATIENT-7",
            "OtherPatientIDs", "PATIENT-7",
            "AccessionNumber", "ACCESSION-8",
            "OperatorsName", "Doe^Jane",
            "ImageComments", "of Jane Doe"));
  }

  private static PacsProcess dlt(String... arguments) throws Exception {
    List<Object> line = new ArrayList<>(List.of("dlt"));
    line.addAll(List.of(arguments));
    line.add("--bootstrap-servers=" + kafka);
    return PacsProcess.run(line.toArray());
  }

  private static JsonNode json(PacsProcess process) {
    return JsonMapper.shared().readTree(process.output().replaceFirst("(?s)^.*?(?=[\\[{])", ""));
  }

  private static List<ConsumerRecord<byte[], byte[]>> storageQueue() {
    return records(Topics.STORAGE);
  }

  private static List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      Instant limit = Instant.now().plusSeconds(30);
      while (ends.entrySet().stream()
              .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())
          && Instant.now().isBefore(limit)) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }

  private static StorageMessage message() {
    return new StorageMessage(
        1,
        new UUID(0x7000, 1),
        "default",
        "1.2.840.10008.1.2.1",
        "1.2.840.10008.5.1.4.1.1.2",
        "1.2.3.4.5",
        "1.2.3",
        "1.2.3.4",
        "PATIENT-7",
        "1.2.3.4.5.dcm",
        1000,
        "default/1.2.3/1.2.3.4/1.2.3.4.5.dcm",
        300,
        "node",
        "MODALITY",
        "DIMSE",
        Instant.parse("2026-01-02T03:04:05Z"),
        "ab".repeat(32));
  }
}
