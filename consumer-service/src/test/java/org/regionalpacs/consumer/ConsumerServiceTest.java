package org.regionalpacs.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.index.QueryTagLevel;
import org.regionalpacs.index.QueryTags;
import org.regionalpacs.messages.DeadLetterHeaders;
import org.regionalpacs.messages.DicomImageMessage;
import org.regionalpacs.messages.DicomStateMessage;
import org.regionalpacs.messages.MessageCodec;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.messages.Topics;
import org.regionalpacs.test.Database;
import org.regionalpacs.test.RealServices;
import org.regionalpacs.test.SampleObjects;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.kafka.listener.MessageListenerContainer;

class ConsumerServiceTest extends RunningConsumers {
  @Autowired ListenersHealthIndicator health;

  @Autowired
  @Qualifier("loaderHealthIndicator")
  HealthIndicator loaderHealth;

  @Autowired MeterRegistry meters;
  @Autowired QueryTags tags;

  @Test
  void givenAcceptedObjects_whenPublished_thenIndexedArchivedAndTold() {
    long indexed = delayed("pacs.indexed.delay");
    long archived = delayed("pacs.archived.delay");
    List<StorageMessage> messages = intake.accept(study, 30);
    send(messages);
    awaitIndexedAndArchived(study, 30);

    StorageMessage first = messages.getFirst();
    Path copy =
        FOLDER
            .resolve("archive")
            .resolve(first.filePath().replace(".dcm", ""))
            .resolve(first.receptionId() + ".dcm");
    assertThat(copy).hasSameBinaryContentAs(FOLDER.resolve("online").resolve(first.filePath()));
    assertThat(copy.resolveSibling(first.receptionId() + ".json"))
        .content()
        .contains(first.digest(), first.study());
    // Told after the index has them.
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(told(Topics.DICOM_IMAGE, study)).hasSize(30));
    assertThat(
            MessageCodec.of(DicomImageMessage.class)
                .decode(told(Topics.DICOM_IMAGE, study).getFirst().value())
                .attributes())
        .containsEntry("Modality", "CT");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          List<DicomStateMessage> states = states();
          assertThat(states).isNotEmpty();
          assertThat(states.getLast().changeNumber()).isEqualTo(states.size());
        });
    List<DicomStateMessage> states = states();
    Instant created =
        jdbc.sql("select created from series where series_uid = ?")
            .param(study.seriesUid())
            .query((row, _) -> row.getObject(1, OffsetDateTime.class).toInstant())
            .single();
    assertThat(states).allMatch(state -> state.firstReceived().equals(created));
    assertThat(health.health().getStatus().getCode()).isEqualTo("UP");
    // Counted last, after the index shows it.
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          assertThat(delayed("pacs.indexed.delay")).isGreaterThanOrEqualTo(indexed + 30);
          assertThat(delayed("pacs.archived.delay")).isGreaterThanOrEqualTo(archived + 30);
        });
    assertThat(meters.get("pacs.archive.size.bytes").gauge().value())
        .isEqualTo(FOLDER.toFile().getTotalSpace());
    assertThat(meters.get("pacs.archive.free.bytes").gauge().value()).isPositive();
  }

  private long delayed(String timer) {
    return meters.get(timer).timer().count();
  }

  @Test
  void givenAStudy_whenIndexed_thenTheWarehouseHasARowOfEachInstanceAndOneOfTheSeries()
      throws Exception {
    send(intake.accept(study, 5));

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          assertThat(inWarehouse("dicom_image_meta", study)).isEqualTo(5);
          assertThat(inWarehouse("dicom_state_meta", study)).isEqualTo(1);
        });
    String cluster;
    try (Admin admin = admin()) {
      cluster = admin.describeCluster().clusterId().get(60, TimeUnit.SECONDS);
    }
    assertThat(jdbc.sql("select label from warehouse.load_label").query(String.class).list())
        .isNotEmpty()
        .allMatch(label -> label.startsWith(cluster + "-dicom_"));
    assertThat(loaderHealth.health().getStatus().getCode()).isEqualTo("UP");
  }

  @Test
  void givenAQueryTag_whenObjectsArrive_thenTheirValuesAreIndexedAtOnce() {
    QueryTags.Wanted tag =
        new QueryTags.Wanted(List.of(Tag.StationName), "", VR.SH, QueryTagLevel.SERIES);
    assertThat(tags.add(AcceptedObjects.TENANT, List.of(tag), 64))
        .isInstanceOf(QueryTags.Added.class);
    try {
      send(List.of(intake.accept(study.image(1).setString(Tag.StationName, "CT 7"))));
      awaitIndexedAndArchived(study, 1);

      assertThat(
              jdbc.sql("select text_value from query_tag_value where study_uid = ?")
                  .param(study.studyUid())
                  .query(String.class)
                  .list())
          .containsExactly("CT 7");
    } finally {
      tags.delete(AcceptedObjects.TENANT, tag.path());
    }
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
  void givenAnObjectThatContradictsTheIndex_whenIndexed_thenItIsCountedByKind() {
    double before = contradictions();
    send(List.of(intake.accept(study.image(1))));
    awaitIndexedAndArchived(study, 1);

    send(List.of(intake.accept(study.image(2).setString(Tag.PatientSex, "F"))));
    awaitIndexedAndArchived(study, 2);

    // Counted last, after the index shows it.
    await().atMost(PATIENCE).until(() -> contradictions() == before + 1);
  }

  private List<DicomStateMessage> states() {
    return told(Topics.DICOM_STATE, study).stream()
        .map(record -> MessageCodec.of(DicomStateMessage.class).decode(record.value()))
        .toList();
  }

  private double contradictions() {
    return meters.get("pacs.conflicts").tag("kind", "patient-attributes").counter().count();
  }

  @Test
  void givenNothingElseToDo_whenAnObjectIsAccepted_thenItIsSearchableAtOnce() {
    send(intake.accept(SampleObjects.newStudy(), 1));
    List<Long> medians = new ArrayList<>();
    // The machine may be busy with something else for a while.
    for (int round = 0; round < 4 && medians.stream().noneMatch(it -> it < 5000); round++) {
      medians.add(medianMillisUntilSearchable());
    }
    assertThat(medians.getLast()).as("%s ms", medians).isLessThan(5000);
  }

  private long medianMillisUntilSearchable() {
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
    return millis.stream().sorted().toList().get(2);
  }

  @Test
  void givenEverythingWasProcessed_whenEverythingIsDeliveredAgain_thenNothingChanges()
      throws Exception {
    send(intake.accept(study, 20));
    awaitIndexedAndArchived(study, 20);
    List<String> before = rows();
    listeners.getListenerContainers().forEach(MessageListenerContainer::stop);
    try {
      // Once the last of them has left its group.
      await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(() -> {
            toTheBeginning("indexer", "archiver");
            return true;
          });
    } finally {
      listeners.getListenerContainers().forEach(MessageListenerContainer::start);
    }
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
    double counted = meters.get("pacs.dead.letters").tag("group", "archiver").counter().count();
    StorageMessage good = intake.accept(study.image(1));
    StorageMessage damaged =
        AcceptedObjects.withDigest(intake.accept(study.image(2)), "ab".repeat(32));
    StorageMessage rubbish = intake.acceptRubbish(study);
    StorageMessage lost = intake.accept(study.image(3));
    Files.delete(FOLDER.resolve("online").resolve(lost.filePath()));
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
    List<ConsumerRecord<String, byte[]>> letters = deadLetters(study);
    Map<String, Long> byGroup =
        letters.stream()
            .collect(
                Collectors.groupingBy(
                    letter -> header(letter, DeadLetterHeaders.GROUP), Collectors.counting()));
    assertThat(byGroup).containsEntry("indexer", 6L).containsEntry("archiver", 7L);
    await()
        .atMost(PATIENCE)
        .until(() ->
            meters.get("pacs.dead.letters").tag("group", "archiver").counter().count()
                == counted + 7);
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
      SampleObjects meanwhile = SampleObjects.newStudy();
      try {
        statement.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = '"
                + name
                + "'");
        send(intake.accept(meanwhile, 10));
        // Nothing is committed that isn't in the database.
        await()
            .during(Duration.ofSeconds(4))
            .atMost(PATIENCE)
            .until(() -> lag("indexer") > 0 && lag("archiver") > 0);
        await().atMost(PATIENCE).until(() -> told("indexer") > 0 && told("archiver") > 0);
        // Only once a connection was waited for in vain.
        await().atMost(PATIENCE).until(() -> retries("database") > 0);
        assertThat(meters.get("pacs.kafka.up").gauge().value()).isEqualTo(1);
      } finally {
        // Other classes have the same database.
        statement.execute("alter database " + name + " with allow_connections true");
      }
      awaitIndexedAndArchived(meanwhile, 10);
      assertThat(deadLetters(meanwhile)).isEmpty();
      await().atMost(PATIENCE).until(() -> told("indexer") == 0 && told("archiver") == 0);
    }
  }

  /** How much waits, as the metrics say; not a number while nobody knows. */
  private double told(String group) {
    return Optional.ofNullable(
            meters.find("pacs.queue.lag").tags("group", group, "topic", Topics.STORAGE).gauge())
        .map(Gauge::value)
        .orElse(Double.NaN);
  }

  private double retries(String cause) {
    return meters
        .get("pacs.step.retries")
        .tags("group", "indexer", "cause", cause)
        .counter()
        .count();
  }
}
