package org.regionalpacs.intake.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.intake.KilledIntake;
import org.regionalpacs.intake.QueueReader;
import org.regionalpacs.intake.TestObject;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.nodes.ReconcileTask;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.util.unit.DataSize;

class ReconcilerTest extends ReconciledNode {
  // (a) files that the index doesn't know

  @Test
  void givenAFileThatTheIndexDoesNotKnow_whenCompared_thenItIsAnnouncedAgain() throws Exception {
    StorageMessage known = received(TestObject.create());
    index.index(known);
    StorageMessage unknown = received(TestObject.create());

    ReconcileTask.Result result = index.reconcile(intake, TestIndex.properties());

    assertThat(result).isEqualTo(new ReconcileTask.Result(2, 1, 0));
    assertThat(index.findings()).containsExactly("UNINDEXED " + unknown.filePath());
    assertThat(QueueReader.messages(kafka, unknown.study())).containsExactly(unknown, unknown);
    assertThat(QueueReader.messages(kafka, known.study())).containsExactly(known);
  }

  @Test
  void givenAFileThatIsBeingDeleted_whenCompared_thenItIsLeftToTheDeletion() throws Exception {
    StorageMessage deleted = received(TestObject.create());
    index
        .jdbc
        .sql(
            """
            insert into removal (tenant, reception_id, store, node, blob_id, study_uid, series_uid,
              sop_uid, cutoff)
            values (?, ?, 'online', ?, ?, ?, ?, ?, now())
            """)
        .params(
            deleted.tenant(),
            deleted.receptionId(),
            deleted.node(),
            deleted.filePath(),
            deleted.study(),
            deleted.series(),
            deleted.sopInstance())
        .update();

    index.reconcile(intake, TestIndex.properties());

    assertThat(index.findings()).isEmpty();
    assertThat(QueueReader.messages(kafka, deleted.study())).containsExactly(deleted);
  }

  @Test
  void givenAFileJustReceived_whenCompared_thenItIsLeftAlone() throws Exception {
    StorageMessage young = received(TestObject.create());

    index.reconcile(intake, TestIndex.properties(Duration.ofMinutes(10), NO_VERIFYING));

    assertThat(index.findings()).isEmpty();
    assertThat(QueueReader.messages(kafka, young.study())).containsExactly(young);
  }

  @Test
  void givenFilesThatAreNoObjectsOfTheirFolder_whenCompared_thenTheyAreListedAndLeftAlone()
      throws Exception {
    StorageMessage object = received(TestObject.create());
    Path other = Files.createDirectories(root.resolve("default/1.2.3/4.5.6"));
    Files.move(root.resolve(object.filePath()), other.resolve("stray.dcm"));
    Files.writeString(other.resolve("text.dcm"), "no DICOM at all");

    index.reconcile(intake, TestIndex.properties());

    assertThat(index.findings())
        .containsExactly(
            "UNREADABLE default/1.2.3/4.5.6/stray.dcm", "UNREADABLE default/1.2.3/4.5.6/text.dcm");
    assertThat(other.resolve("stray.dcm")).exists();
    assertThat(QueueReader.messages(kafka, object.study())).containsExactly(object);
  }

  @Test
  void givenMoreUnknownFilesThanMayBeAnnounced_whenCompared_thenTheRestWaitsForTheNextRun()
      throws Exception {
    String study = UID.generate();
    for (int i = 0; i < 3; i++) {
      received(TestObject.create(study));
    }
    ReconcileProperties two =
        new ReconcileProperties(
            Duration.ZERO, Duration.ZERO, 2, NO_VERIFYING, DataSize.ofBytes(1), 1);

    ReconcileTask.Result result = index.reconcile(intake, two);

    assertThat(result.findings()).isEqualTo(3);
    assertThat(index.findings()).as("listed").hasSize(1);
    assertThat(QueueReader.messages(kafka, study)).hasSize(3 + 2);
  }

  // (d) files that no archive has

  @Test
  void givenAFileThatNoArchiveHas_whenItIsOldEnough_thenItIsAnnouncedAgain() throws Exception {
    StorageMessage archived = indexed(TestObject.create());
    index.archive(archived);
    StorageMessage not = indexed(TestObject.create());

    index.reconcile(intake, archiveAfter(Duration.ofHours(1)));
    assertThat(index.findings()).as("not yet").isEmpty();
    index.reconcile(intake, archiveAfter(Duration.ofNanos(1)));

    assertThat(index.findings()).containsExactly("UNARCHIVED " + not.filePath());
    assertThat(QueueReader.messages(kafka, not.study())).containsExactly(not, not);
    assertThat(QueueReader.messages(kafka, archived.study())).hasSize(1);
  }

  // (e) what dead processes left

  @Test
  void givenAnotherProcessThatDied_whenCompared_thenItsUnfinishedFilesAreRemovedButNotTheLivings()
      throws Exception {
    try (KilledIntake other =
        KilledIntake.start(root, UID.generate(), KilledIntake.Deed.RECEIVE_HALF)) {
      index.reconcile(intake, TestIndex.properties());
      assertThat(intake.files()).anyMatch(name -> name.endsWith(".part"));
      other.kill();
    }

    index.reconcile(intake, TestIndex.properties());

    assertThat(intake.files()).noneMatch(name -> name.endsWith(".part"));
  }

  @Test
  void givenAnotherProcessThatDiedWithAnOutbox_whenCompared_thenItsMessagesAreDelivered()
      throws Exception {
    String study = UID.generate();
    try (KilledIntake other = KilledIntake.start(root, study, KilledIntake.Deed.FILL_OUTBOX)) {
      other.kill();
    }

    index.reconcile(intake, TestIndex.properties(Duration.ofMinutes(10), NO_VERIFYING));

    await()
        .untilAsserted(
            () -> assertThat(QueueReader.messages(kafka, study)).hasSize(KilledIntake.OBJECTS));
  }

  // runs

  @Test
  void givenARunThatGotHalfway_whenTakenUp_thenItGoesOnFromThere() throws Exception {
    List<StorageMessage> unknown =
        Stream.of(received(TestObject.create()), received(TestObject.create()))
            .sorted(Comparator.comparing(StorageMessage::study))
            .toList();
    UUID run = index.plan(intake.objects().store().node());
    index
        .jdbc
        .sql(
            """
            update reconcile_run set started = now(), tenant = 'default', study_uid = ?, files = 7,
                   findings = '{"LOST": 2}'
            """)
        .param(unknown.getFirst().study())
        .update();

    ReconcileTask.Result result = index.reconcile(intake, TestIndex.properties(), run);

    assertThat(result).isEqualTo(new ReconcileTask.Result(8, 3, 2));
    assertThat(index.findings()).containsExactly("UNINDEXED " + unknown.getLast().filePath());
  }

  @Test
  void givenARunThatEnded_whenDoneOnceMore_thenNothingHappens() throws Exception {
    received(TestObject.create());
    UUID run = index.plan(intake.objects().store().node());
    index.reconcile(intake, TestIndex.properties(), run);

    assertThat(index.reconcile(intake, TestIndex.properties(), run).findings()).isZero();
  }

  @Test
  void givenARunThatGoesOn_whenAnotherBegins_thenItIsToldToComeLater() throws Exception {
    UUID run = index.plan(intake.objects().store().node());
    try (RunLock lock = RunLock.take(intake.objects().store().root()).orElseThrow()) {
      assertThat(lock).isNotNull();
      assertThatThrownBy(() -> index.reconcile(intake, TestIndex.properties(), run))
          .hasMessageContaining("another run");
    }
    index.reconcile(intake, TestIndex.properties(), run);
    assertThat(RunLock.take(intake.objects().store().root())).isPresent();
  }

  @Test
  void givenARunThatIsNotOver_whenAnotherIsPlanned_thenTheDatabaseRefuses() {
    String node = intake.objects().store().node();
    index.plan(node);

    assertThatThrownBy(() -> index.plan(node)).isInstanceOf(DuplicateKeyException.class);
  }

  private static ReconcileProperties archiveAfter(Duration age) {
    return new ReconcileProperties(
        Duration.ZERO, age, 1000, NO_VERIFYING, DataSize.ofBytes(1), 1000);
  }
}
