package org.regionalpacs.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.index.DeletionTarget;
import org.regionalpacs.index.DeletionWriter;
import org.regionalpacs.index.InstanceObjects;
import org.regionalpacs.messages.MessageCodec;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.messages.Topics;
import org.regionalpacs.test.IntegrationTest;
import org.regionalpacs.test.SampleObjects;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Messages of deleted objects, by the steps themselves: Kafka may deliver them at any time. */
@IntegrationTest
@DirtiesContext
@TestPropertySource(
    properties = {
      "spring.config.name=application,consumer",
      "pacs.indexer.enabled=false",
      "pacs.archiver.enabled=false"
    })
class DeletedObjectsTest {
  private static final MessageCodec<StorageMessage> CODEC = MessageCodec.of(StorageMessage.class);

  @TempDir static Path folder;

  @DynamicPropertySource
  static void folders(DynamicPropertyRegistry registry) {
    registry.add("pacs.online.root", () -> folder.resolve("online"));
    registry.add("pacs.archive.root", () -> folder.resolve("archive"));
    registry.add("pacs.converter.scratch", () -> folder.resolve("scratch"));
    registry.add("pacs.derived.root", () -> folder.resolve("derived"));
  }

  @Autowired List<Step> steps;
  @Autowired DeadObjects deadObjects;
  @Autowired InstanceObjects index;
  @Autowired DeletionWriter deletions;
  @Autowired JdbcClient jdbc;

  private final AcceptedObjects intake = new AcceptedObjects(folder.resolve("online"));
  private final SampleObjects study = SampleObjects.newStudy();

  @BeforeEach
  void empty() {
    jdbc.sql("delete from removal").update();
  }

  @Test
  void givenADeletedStudy_whenItsMessagesComeAgain_thenNothingReturnsAndNothingIsADeadLetter()
      throws Exception {
    List<StorageMessage> messages = intake.accept(study, 3);
    assertThat(process("indexer", messages)).isEqualTo(StepResult.DONE);
    assertThat(process("archiver", messages)).isEqualTo(StepResult.DONE);
    delete();
    for (StorageMessage message : messages) {
      Files.delete(folder.resolve("online").resolve(message.filePath()));
    }

    assertThat(process("indexer", messages)).isEqualTo(StepResult.DONE);
    assertThat(process("archiver", messages)).isEqualTo(StepResult.DONE);

    assertThat(index.ofStudy(AcceptedObjects.TENANT, study.studyUid())).isEmpty();
    assertThat(locations(messages)).isZero();
  }

  @Test
  void givenACopyThatEndsAfterTheDeletion_whenItsPlaceIsWritten_thenItIsToBeRemoved()
      throws Exception {
    StorageMessage message = intake.accept(study.image(1));
    process("indexer", List.of(message));
    delete();
    jdbc.sql("delete from removal").update();
    StorageMessage late = intake.accept(study.image(2));

    process("archiver", List.of(late));
    jdbc.sql("update deletion set deletion_id = :id where study_uid = :study")
        .param("id", new UUID(-1L, -1L))
        .param("study", study.studyUid())
        .update();
    process("indexer", List.of(late));

    assertThat(
            jdbc.sql("select store from removal where reception_id = :id order by store")
                .param("id", late.receptionId())
                .query(String.class)
                .list())
        .containsExactly("local", "online");
    assertThat(locations(List.of(late))).isZero();
  }

  @Test
  void givenACrashBetweenCopyAndRecord_whenTheObjectWasDeletedMeanwhile_thenTheCopyGoes()
      throws Exception {
    StorageMessage message = intake.accept(study.image(1));
    process("indexer", List.of(message));
    process("archiver", List.of(message));
    jdbc.sql("delete from location where store = 'local' and reception_id = :id")
        .param("id", message.receptionId())
        .update();
    delete();
    assertThat(archived()).hasSize(2);

    process("archiver", List.of(message));

    assertThat(archived()).isEmpty();
  }

  @Test
  void givenADeletedStudy_whenTheSameIsAcceptedAgain_thenItIsIndexedAndArchived() throws Exception {
    var image = study.image(1);
    StorageMessage first = intake.accept(image);
    process("indexer", List.of(first));
    delete();
    StorageMessage second = intake.accept(image);

    process("indexer", List.of(first, second));
    process("archiver", List.of(first, second));

    assertThat(index.ofStudy(AcceptedObjects.TENANT, study.studyUid()))
        .singleElement()
        .satisfies(object -> {
          assertThat(object.receptionId()).isEqualTo(second.receptionId());
          assertThat(object.locations()).hasSize(2);
        });
  }

  @Test
  void givenADeletedObjectThatFailed_whenItMayHeal_thenItComesAgainAndIsNoDeadLetter()
      throws Exception {
    StorageMessage message = intake.accept(study.image(1));
    process("indexer", List.of(message));
    delete();
    StorageRecord record = records(List.of(message)).getFirst();
    Postponed later = new Postponed(record, "node is away");
    DeadLetter never = new DeadLetter(record.record(), "the file is gone");

    StepResult left =
        deadObjects.without(new StepResult(List.of(never), List.of(later)), List.of(record));

    assertThat(left.unusable()).isEmpty();
    assertThat(left.later()).containsExactly(later);
  }

  private void delete() {
    assertThat(
            deletions.delete(
                DeletionTarget.study(AcceptedObjects.TENANT, study.studyUid()), Duration.ZERO))
        .isPresent();
  }

  private StepResult process(String group, List<StorageMessage> messages) throws Exception {
    Step step = steps.stream().filter(one -> one.group().equals(group)).findFirst().orElseThrow();
    return step.process(records(messages));
  }

  private static List<StorageRecord> records(List<StorageMessage> messages) {
    List<StorageRecord> batch = new ArrayList<>();
    for (StorageMessage message : messages) {
      batch.add(
          new StorageRecord(
              new ConsumerRecord<>(
                  Topics.STORAGE, 0, batch.size(), message.study(), CODEC.encode(message)),
              message));
    }
    return batch;
  }

  private long locations(List<StorageMessage> messages) {
    return jdbc.sql("select count(*) from location where reception_id in (:ids)")
        .param("ids", messages.stream().map(StorageMessage::receptionId).toList())
        .query(Long.class)
        .single();
  }

  private List<Path> archived() throws IOException {
    Path archive = folder.resolve("archive/default").resolve(study.studyUid());
    if (Files.notExists(archive)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(archive)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
