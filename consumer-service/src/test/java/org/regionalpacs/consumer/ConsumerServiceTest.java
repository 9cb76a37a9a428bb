package org.regionalpacs.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.index.InstanceObjects;
import org.regionalpacs.index.ObjectLocation;
import org.regionalpacs.messages.DeadLetterHeaders;
import org.regionalpacs.messages.DicomImageMessage;
import org.regionalpacs.messages.DicomStateMessage;
import org.regionalpacs.messages.MessageCodec;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.messages.Topics;
import org.regionalpacs.test.Database;
import org.regionalpacs.test.IntegrationTest;
import org.regionalpacs.test.RealServices;
import org.regionalpacs.test.SampleObjects;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

@IntegrationTest
@TestPropertySource(
    properties = {
      "spring.config.name=application,consumer",
      "spring.datasource.hikari.connection-timeout=1000",
      "pacs.retry.longest-pause=1s",
      "pacs.charsets.fallbacks[0].tenant=" + AcceptedObjects.TENANT,
      "pacs.charsets.fallbacks[0].read-as[0].declared=ISO_IR 144",
      "pacs.charsets.fallbacks[0].read-as[0].means=GB18030"
    })
class ConsumerServiceTest {
  private static final MessageCodec<StorageMessage> STORAGE = MessageCodec.of(StorageMessage.class);
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @TempDir static Path folder;

  @DynamicPropertySource
  static void folders(DynamicPropertyRegistry registry) {
    registry.add("pacs.online.root", () -> folder.resolve("online"));
    registry.add("pacs.archive.root", () -> folder.resolve("archive"));
    registry.add("pacs.derived.root", () -> folder.resolve("derived"));
  }

  @Autowired Publisher publisher;
  @Autowired InstanceObjects index;
  @Autowired JdbcClient jdbc;
  @Autowired KafkaListenerEndpointRegistry listeners;
  @Autowired ConsumerFactory<String, byte[]> consumers;
  @Autowired KafkaConnectionDetails kafka;
  @Autowired JdbcConnectionDetails database;
  @Autowired ListenersHealthIndicator health;

  private final AcceptedObjects intake = new AcceptedObjects(folder.resolve("online"));
  private final SampleObjects study = SampleObjects.newStudy();

  @Test
  void givenAcceptedObjects_whenPublished_thenIndexedArchivedAndTold() {
    List<StorageMessage> messages = intake.accept(study, 30);
    send(messages);
    awaitIndexedAndArchived(study, 30);

    StorageMessage first = messages.getFirst();
    Path archived =
        folder
            .resolve("archive")
            .resolve(first.filePath().replace(".dcm", ""))
            .resolve(first.receptionId() + ".dcm");
    assertThat(archived).hasSameBinaryContentAs(folder.resolve("online").resolve(first.filePath()));
    assertThat(archived.resolveSibling(first.receptionId() + ".json"))
        .content()
        .contains(first.digest(), first.study());
    List<DicomImageMessage> images =
        told(Topics.DICOM_IMAGE, study).stream()
            .map(record -> MessageCodec.of(DicomImageMessage.class).decode(record.value()))
            .toList();
    assertThat(images).hasSize(30);
    assertThat(images.getFirst().attributes()).containsEntry("Modality", "CT");
    List<DicomStateMessage> states =
        told(Topics.DICOM_STATE, study).stream()
            .map(record -> MessageCodec.of(DicomStateMessage.class).decode(record.value()))
            .toList();
    assertThat(states).isNotEmpty();
    assertThat(states.getLast().changeNumber()).isEqualTo(states.size());
    assertThat(health.health().getStatus().getCode()).isEqualTo("UP");
  }

  @Test
  void givenATenantWhoseSendersDeclareTextWrongly_whenIndexed_thenNamesAreRight() {
    String name = "王^小东";
    Attributes image = study.image(1);
    image.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 144");
    image.setBytes(Tag.PatientName, VR.PN, name.getBytes(Charset.forName("GB18030")));
    send(List.of(intake.accept(image)));
    awaitIndexedAndArchived(study, 1);

    assertThat(
            jdbc.sql(
                    "select p.name from patient p join study s using (tenant, patient_key)"
                        + " where s.study_uid = ?")
                .param(image.getString(Tag.StudyInstanceUID, ""))
                .query(String.class)
                .single())
        .isEqualTo(name);
  }

  @Test
  void givenNothingElseToDo_whenAnObjectIsAccepted_thenItIsSearchableAtOnce() {
    send(intake.accept(SampleObjects.newStudy(), 1));
    List<Long> millis = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      SampleObjects one = SampleObjects.newStudy();
      List<StorageMessage> messages = intake.accept(one, 1);
      long start = System.nanoTime();
      send(messages);
      await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(5))
          .atMost(PATIENCE)
          .until(() -> !index.ofStudy(AcceptedObjects.TENANT, one.studyUid()).isEmpty());
      millis.add(Duration.ofNanos(System.nanoTime() - start).toMillis());
    }
    assertThat(millis.stream().sorted().toList().get(2)).as("%s ms", millis).isLessThan(1000);
  }

  @Test
  void givenEverythingWasProcessed_whenEverythingIsDeliveredAgain_thenNothingChanges()
      throws Exception {
    send(intake.accept(study, 20));
    awaitIndexedAndArchived(study, 20);
    List<String> before = rows();
    listeners.getListenerContainers().forEach(MessageListenerContainer::stop);
    toTheBeginning("indexer", "archiver");
    listeners.getListenerContainers().forEach(MessageListenerContainer::start);
    SampleObjects next = SampleObjects.newStudy();
    send(intake.accept(next, 1));
    awaitIndexedAndArchived(next, 1);
    awaitNoLag();

    assertThat(rows()).containsAll(before);
    assertThat(before).allSatisfy(row -> assertThat(rows()).containsOnlyOnce(row));
  }

  @Test
  void givenConsumersThatStopAndStart_whenObjectsKeepComing_thenEachIsThereOnce() {
    List<SampleObjects> studies =
        IntStream.range(0, 10).mapToObj(_ -> SampleObjects.newStudy()).toList();
    for (int round = 0; round < 4; round++) {
      for (SampleObjects one : studies) {
        send(intake.accept(one, 5));
      }
      listeners.getListenerContainers().forEach(MessageListenerContainer::stop);
      listeners.getListenerContainers().forEach(MessageListenerContainer::start);
    }
    studies.forEach(one -> awaitIndexedAndArchived(one, 20));
  }

  @Test
  void givenPoison_whenPublished_thenItIsPutAsideAndTheRestGoesOn() throws Exception {
    StorageMessage good = intake.accept(study.image(1));
    StorageMessage damaged =
        AcceptedObjects.withDigest(intake.accept(study.image(2)), "ab".repeat(32));
    StorageMessage rubbish = intake.acceptRubbish(study);
    StorageMessage lost = intake.accept(study.image(3));
    Files.delete(folder.resolve("online").resolve(lost.filePath()));
    StorageMessage outside =
        AcceptedObjects.withPath(intake.accept(study.image(4)), "../../../etc/passwd");
    raw(study, "no JSON at all");
    raw(study, "{}");
    raw(study, "null");
    raw(study, "");
    send(List.of(damaged, rubbish, lost, outside, good));

    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(indexed(study))
                .containsExactlyInAnyOrder(
                    damaged.sopInstance(), rubbish.sopInstance(), good.sopInstance()));
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(archived(study))
                .containsExactlyInAnyOrder(rubbish.sopInstance(), good.sopInstance()));
    awaitNoLag();
    List<ConsumerRecord<String, byte[]>> letters = told(Topics.deadLetters(Topics.STORAGE), study);
    Map<String, Long> byGroup =
        letters.stream()
            .collect(
                Collectors.groupingBy(
                    letter -> header(letter, DeadLetterHeaders.GROUP), Collectors.counting()));
    assertThat(byGroup).containsEntry("indexer", 6L).containsEntry("archiver", 7L);
    assertThat(letters)
        .allSatisfy(letter -> {
          assertThat(header(letter, DeadLetterHeaders.CAUSE)).isNotBlank();
          assertThat(header(letter, DeadLetterHeaders.TOPIC)).isEqualTo(Topics.STORAGE);
          assertThat(header(letter, DeadLetterHeaders.OFFSET)).matches("\\d+");
          assertThat(header(letter, DeadLetterHeaders.PARTITION)).matches("\\d+");
        });
    assertThat(letters.stream().map(letter -> header(letter, DeadLetterHeaders.CAUSE)))
        .anyMatch(cause -> cause.contains("digest"));
  }

  @Test
  void givenTheDatabaseIsDown_whenItReturns_thenNothingIsLost() throws Exception {
    send(intake.accept(study, 2));
    awaitIndexedAndArchived(study, 2);
    Database other = RealServices.postgres();
    String name = database.getJdbcUrl().replaceFirst(".*/([^/?]+).*", "$1");
    try (Connection connection = other.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("alter database " + name + " with allow_connections false");
      statement.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'");
      SampleObjects meanwhile = SampleObjects.newStudy();
      send(intake.accept(meanwhile, 10));
      TimeUnit.SECONDS.sleep(4);
      statement.execute("alter database " + name + " with allow_connections true");
      awaitIndexedAndArchived(meanwhile, 10);
    }
  }

  private void send(List<StorageMessage> messages) {
    publisher.publish(
        messages.stream()
            .map(message ->
                new ProducerRecord<>(Topics.STORAGE, message.study(), STORAGE.encode(message)))
            .toList());
  }

  private void raw(SampleObjects key, String value) {
    publisher.publish(
        List.of(
            new ProducerRecord<>(
                Topics.STORAGE, key.studyUid(), value.getBytes(StandardCharsets.UTF_8))));
  }

  private List<String> indexed(SampleObjects of) {
    return index.ofStudy(AcceptedObjects.TENANT, of.studyUid()).stream()
        .filter(object -> object.locations().stream().anyMatch(ObjectLocation::online))
        .map(object -> object.sop())
        .toList();
  }

  private List<String> archived(SampleObjects of) {
    return index.ofStudy(AcceptedObjects.TENANT, of.studyUid()).stream()
        .filter(
            object -> object.locations().stream().anyMatch(place -> place.store().equals("local")))
        .map(object -> object.sop())
        .toList();
  }

  private void awaitIndexedAndArchived(SampleObjects of, int count) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(() -> {
          assertThat(indexed(of)).hasSize(count);
          assertThat(archived(of)).hasSize(count);
        });
  }

  private List<String> rows() {
    return jdbc.sql(
            """
            select i::text from instance i union all select l::text from location l
            union all select s::text from series s union all select s::text from study s
            """)
        .query(String.class)
        .list();
  }

  private List<ConsumerRecord<String, byte[]>> told(String topic, SampleObjects about) {
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

  private void awaitNoLag() {
    await().atMost(PATIENCE).until(() -> lag("indexer") == 0 && lag("archiver") == 0);
  }

  private long lag(String group) throws Exception {
    try (Admin admin = admin();
        Consumer<String, byte[]> consumer = consumers.createConsumer("lag", "test")) {
      Map<TopicPartition, OffsetAndMetadata> offsets =
          admin
              .listConsumerGroupOffsets(group)
              .partitionsToOffsetAndMetadata()
              .get(10, TimeUnit.SECONDS);
      return consumer.endOffsets(partitions(consumer)).entrySet().stream()
          .mapToLong(end ->
              end.getValue()
                  - (offsets.get(end.getKey()) == null ? 0 : offsets.get(end.getKey()).offset()))
          .sum();
    }
  }

  private static List<TopicPartition> partitions(Consumer<?, ?> consumer) {
    return consumer.partitionsFor(Topics.STORAGE).stream()
        .map(partition -> new TopicPartition(Topics.STORAGE, partition.partition()))
        .toList();
  }

  private void toTheBeginning(String... groups) throws Exception {
    try (Admin admin = admin();
        Consumer<String, byte[]> consumer = consumers.createConsumer("reset", "test")) {
      Map<TopicPartition, OffsetAndMetadata> beginning = new HashMap<>();
      consumer
          .beginningOffsets(partitions(consumer))
          .forEach((partition, offset) -> beginning.put(partition, new OffsetAndMetadata(offset)));
      for (String group : groups) {
        admin.alterConsumerGroupOffsets(group, beginning).all().get(10, TimeUnit.SECONDS);
      }
    }
  }

  private Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", kafka.getBootstrapServers()));
  }

  private static String header(ConsumerRecord<?, ?> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
