package org.regionalpacs.consumer.archiver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.consumer.AcceptedObjects;
import org.regionalpacs.consumer.DeadLetter;
import org.regionalpacs.consumer.Step;
import org.regionalpacs.consumer.StepResult;
import org.regionalpacs.consumer.StorageRecord;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.index.DeletionTarget;
import org.regionalpacs.index.DeletionWriter;
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

@IntegrationTest
@DirtiesContext
@TestPropertySource(
    properties = {
      "spring.config.name=application,consumer",
      "pacs.indexer.enabled=false",
      "pacs.archiver.enabled=false"
    })
class ArchiverTest {
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
  @Autowired Archiver archiver;
  @Autowired DeletionWriter deletions;
  @Autowired JdbcClient jdbc;

  private final AcceptedObjects intake = new AcceptedObjects(folder.resolve("online"));
  private final SampleObjects study = SampleObjects.newStudy();

  /** Found by the chaos suite: the database hung after the copy, then the object was deleted. */
  @Test
  void givenACopyThatWasNotRecorded_whenItsObjectIsDeletedDuringTheNextAttempt_thenTheCopyGoes()
      throws Exception {
    StorageRecord record = record(intake.accept(study.image(1)));
    for (Step step : stepsOfStorage()) {
      step.process(List.of(record));
    }
    Path copy = copyOf(record.message());
    jdbc.sql("delete from location where reception_id = ? and store = 'local'")
        .param(record.message().receptionId())
        .update();
    deletions.delete(DeletionTarget.study(AcceptedObjects.TENANT, study.studyUid()), Duration.ZERO);
    assertThat(copy).exists();
    StepResult gone =
        new StepResult(List.of(new DeadLetter(record.record(), "the file is gone")), List.of());

    assertThat(archiver.settle(gone, List.of(record))).isEqualTo(StepResult.DONE);

    assertThat(copy).doesNotExist();
  }

  @Test
  void givenAnObjectThatLives_whenItCanNotBeCopied_thenThatIsTold() throws Exception {
    StorageRecord record = record(intake.accept(study.image(2)));
    StepResult gone =
        new StepResult(List.of(new DeadLetter(record.record(), "the file is gone")), List.of());

    assertThat(archiver.settle(gone, List.of(record))).isEqualTo(gone);
  }

  @Test
  void givenACopyThatIsMissing_whenItsMessageComesAgain_thenItIsCopiedAgain() throws Exception {
    StorageRecord record = record(intake.accept(study.image(3)));
    StorageMessage message = record.message();
    archiver.process(List.of(record));
    Path copy = copyOf(message);
    byte[] content = Files.readAllBytes(copy);
    Files.delete(copy);
    archiver.process(List.of(record));
    assertThat(copy).as("nobody has looked yet").doesNotExist();
    jdbc.sql("update location set state = 'missing' where reception_id = ? and store = 'local'")
        .param(message.receptionId())
        .update();

    archiver.process(List.of(record));

    assertThat(copy).hasBinaryContent(content);
    assertThat(
            jdbc.sql("select state from location where reception_id = ? and store = 'local'")
                .param(message.receptionId())
                .query(String.class)
                .single())
        .isEqualTo("available");
  }

  @Test
  void
      givenACopyThatIsDamaged_whenItsMessageComesAgain_thenItIsCopiedBesideItAndAllGoWithADeletion()
          throws Exception {
    StorageRecord record = record(intake.accept(study.image(7)));
    StorageMessage message = record.message();
    for (Step step : stepsOfStorage()) {
      step.process(List.of(record));
    }
    Path damaged = copyOf(message);
    byte[] whole = Files.readAllBytes(damaged);
    // The archive shares the online file's bytes; now it doesn't.
    Files.delete(damaged);
    Files.write(damaged, new byte[] {1, 2, 3});
    jdbc.sql("update location set state = 'damaged' where reception_id = ? and store = 'local'")
        .param(message.receptionId())
        .update();

    for (int i = 0; i < 2; i++) {
      assertThat(archiver.process(List.of(record))).isEqualTo(StepResult.DONE);
    }

    Path copy = damaged.resolveSibling(message.receptionId() + ".2.dcm");
    assertThat(copy).hasBinaryContent(whole);
    assertThat(damaged).hasBinaryContent(new byte[] {1, 2, 3});
    assertThat(
            jdbc.sql(
                    "select blob_id from location where reception_id = ? and store = 'local'"
                        + " and state = 'available'")
                .param(message.receptionId())
                .query(String.class)
                .single())
        .endsWith(".2.dcm");
    assertThat(
            jdbc.sql("select count(*) from possible_orphan where name like ?")
                .param("%" + message.receptionId())
                .query(Long.class)
                .single())
        .isEqualTo(1);

    deletions.delete(DeletionTarget.study(AcceptedObjects.TENANT, study.studyUid()), Duration.ZERO);
    archiver.process(List.of(record));

    try (Stream<Path> left = Files.walk(folder.resolve("archive"))) {
      assertThat(left.map(Path::toString)).noneMatch(name -> name.contains(receptionId(message)));
    }
  }

  private List<Step> stepsOfStorage() {
    return steps.stream().filter(step -> !step.group().equals("converter")).toList();
  }

  private static String receptionId(StorageMessage message) {
    return message.receptionId().toString();
  }

  @Test
  void givenAnEvictedObject_whenItsMessageComesAgain_thenAllStepsAreDoneWithIt() throws Exception {
    StorageRecord record = evicted(study.image(4));

    for (Step step : stepsOfStorage()) {
      assertThat(step.process(List.of(record))).isEqualTo(StepResult.DONE);
    }

    assertThat(states(record.message()))
        .containsExactlyInAnyOrder("local available", "online evicted");
    assertThat(
            jdbc.sql("select count(*) from instance where study_uid = ?")
                .param(study.studyUid())
                .query(Integer.class)
                .single())
        .isEqualTo(1);
  }

  @Test
  void givenAnEvictedObjectInAnotherArchive_whenItsMessageComesAgain_thenItStaysThere()
      throws Exception {
    StorageRecord record = evicted(study.image(5));
    jdbc.sql("update location set store = 'former' where reception_id = ? and store = 'local'")
        .param(record.message().receptionId())
        .update();

    assertThat(archiver.process(List.of(record))).isEqualTo(StepResult.DONE);

    assertThat(states(record.message()))
        .containsExactlyInAnyOrder("former available", "online evicted");
  }

  @Test
  void givenAnEvictedObjectWhoseCopyIsMissing_whenItsMessageComesAgain_thenThatIsTold()
      throws Exception {
    StorageRecord record = evicted(study.image(6));
    jdbc.sql("update location set state = 'missing' where reception_id = ? and store = 'local'")
        .param(record.message().receptionId())
        .update();

    assertThat(archiver.process(List.of(record)).unusable()).hasSize(1);
  }

  /** Indexed and archived; then its file goes, as a node does it. */
  private StorageRecord evicted(Attributes image) throws Exception {
    StorageRecord record = record(intake.accept(image));
    for (Step step : stepsOfStorage()) {
      step.process(List.of(record));
    }
    jdbc.sql("update location set state = 'evicted' where reception_id = ? and store = 'online'")
        .param(record.message().receptionId())
        .update();
    Files.delete(folder.resolve("online").resolve(record.message().filePath()));
    return record;
  }

  private List<String> states(StorageMessage message) {
    return jdbc.sql("select store || ' ' || state from location where reception_id = ?")
        .param(message.receptionId())
        .query(String.class)
        .list();
  }

  private Path copyOf(StorageMessage message) {
    String blob =
        jdbc.sql("select blob_id from location where reception_id = ? and store = 'local'")
            .param(message.receptionId())
            .query(String.class)
            .single();
    return folder.resolve("archive").resolve(blob);
  }

  private static StorageRecord record(StorageMessage message) {
    return new StorageRecord(
        new ConsumerRecord<>(Topics.STORAGE, 0, 0, message.study(), CODEC.encode(message)),
        message);
  }
}
