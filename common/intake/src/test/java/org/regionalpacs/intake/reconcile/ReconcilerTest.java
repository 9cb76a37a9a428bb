package org.regionalpacs.intake.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.intake.KilledIntake;
import org.regionalpacs.intake.OnlineObjects;
import org.regionalpacs.intake.QueueReader;
import org.regionalpacs.intake.Received;
import org.regionalpacs.intake.TestIntake;
import org.regionalpacs.intake.TestObject;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.nodes.ReconcileTask;
import org.regionalpacs.test.RealServices;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.util.unit.DataSize;

@Timeout(300)
class ReconcilerTest {
  private static final DataSize NO_VERIFYING = DataSize.ofBytes(0);
  private static TestIndex index;

  @TempDir Path root;
  private final String kafka = RealServices.kafkaBootstrap();
  private TestIntake intake;

  @BeforeAll
  static void openIndex() {
    index = TestIndex.open();
  }

  @AfterAll
  static void closeIndex() {
    index.close();
  }

  @BeforeEach
  void start() throws IOException {
    index
        .jdbc
        .sql(
            "truncate study, series, instance, superseded_instance, location, reconcile_run cascade")
        .update();
    intake = TestIntake.start(root, kafka);
  }

  @AfterEach
  void stop() throws IOException {
    intake.close();
  }

  // (a) files that the index doesn't know

  @Test
  void givenAFileThatTheIndexDoesNotKnow_whenCompared_thenItIsAnnouncedAgain() throws Exception {
    StorageMessage known = received(TestObject.create());
    index.index(known);
    StorageMessage unknown = received(TestObject.create());

    ReconcileTask.Result result = index.reconcile(intake.objects(), TestIndex.properties());

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

    index.reconcile(intake.objects(), TestIndex.properties());

    assertThat(index.findings()).isEmpty();
    assertThat(QueueReader.messages(kafka, deleted.study())).containsExactly(deleted);
  }

  @Test
  void givenAFileJustReceived_whenCompared_thenItIsLeftAlone() throws Exception {
    StorageMessage young = received(TestObject.create());

    index.reconcile(intake.objects(), TestIndex.properties(Duration.ofMinutes(10), NO_VERIFYING));

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

    index.reconcile(intake.objects(), TestIndex.properties());

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

    ReconcileTask.Result result = index.reconcile(intake.objects(), two);

    assertThat(result.findings()).isEqualTo(3);
    assertThat(index.findings()).as("listed").hasSize(1);
    assertThat(QueueReader.messages(kafka, study)).hasSize(3 + 2);
  }

  // (b) rows whose file is gone

  @Test
  void givenFilesThatAreGone_whenCompared_thenMarkedAndThoseWithoutACopyReportedAsLost()
      throws Exception {
    StorageMessage archived = indexed(TestObject.create());
    index.archive(archived);
    StorageMessage lost = indexed(TestObject.create());
    deleteFolder(root.resolve("default").resolve(archived.study()));
    Files.delete(root.resolve(lost.filePath()));

    ReconcileTask.Result result = index.reconcile(intake.objects(), TestIndex.properties());

    assertThat(result.losses()).isEqualTo(1);
    assertThat(index.findings())
        .containsExactly("LOST " + lost.filePath(), "MISSING " + archived.filePath());
    assertThat(index.online(archived)).startsWith("missing ");
    assertThat(index.online(lost)).startsWith("missing ");
    assertThat(index.meters.counter("pacs.reconcile.findings", "kind", "lost").count())
        .isPositive();

    index.reconcile(intake.objects(), TestIndex.properties());
    assertThat(index.findings()).as("until it is back").containsExactly("LOST " + lost.filePath());
  }

  @Test
  void givenALostObject_whenItIsSentAgain_thenItIsBack() throws Exception {
    TestObject object = TestObject.create();
    StorageMessage lost = indexed(object);
    Files.delete(root.resolve(lost.filePath()));
    index.reconcile(intake.objects(), TestIndex.properties());

    StorageMessage again = received(object);
    assertThat(again.filePath()).isEqualTo(lost.filePath());
    index.reconcile(intake.objects(), TestIndex.properties());

    assertThat(index.findings()).containsExactly("RETURNED " + lost.filePath());
    assertThat(index.online(lost)).isEqualTo("available " + lost.filePath());
  }

  @Test
  void givenAnEvictedFile_whenCompared_thenNothingIsFound() throws Exception {
    StorageMessage evicted = indexed(TestObject.create());
    index
        .jdbc
        .sql("update location set state = 'evicted' where reception_id = ?")
        .param(evicted.receptionId())
        .update();
    Files.delete(root.resolve(evicted.filePath()));

    index.reconcile(intake.objects(), TestIndex.properties());

    assertThat(index.findings()).isEmpty();
    assertThat(index.online(evicted)).startsWith("evicted ");
  }

  @Test
  void givenFilesOfAnotherNode_whenCompared_thenTheyAreThatNodesBusiness() throws Exception {
    StorageMessage here = received(TestObject.create());
    Files.delete(root.resolve(here.filePath()));
    index.index(here);
    index.jdbc.sql("update location set node = ?").param(UUID.randomUUID().toString()).update();

    index.reconcile(intake.objects(), TestIndex.properties());

    assertThat(index.findings()).isEmpty();
  }

  // (c) files that are damaged

  @Test
  void givenADamagedFileThatIsArchived_whenVerified_thenItIsNeverReadAgainAndPutAside()
      throws Exception {
    TestObject object = TestObject.create();
    StorageMessage damaged = indexed(object);
    index.archive(damaged);
    damage(damaged);

    index.reconcile(intake.objects(), TestIndex.properties());
    assertThat(index.findings()).as("names and sizes are right").isEmpty();
    index.reconcile(intake.objects(), TestIndex.verifying());

    assertThat(index.findings()).containsExactly("DAMAGED " + damaged.filePath());
    assertThat(index.online(damaged)).startsWith("damaged ");
    assertThat(root.resolve(damaged.filePath())).doesNotExist();
    try (Stream<Path> aside = Files.walk(root.resolve(OnlineObjects.DAMAGED))) {
      assertThat(aside.filter(Files::isRegularFile)).hasSize(1);
    }
    assertThat(intake.receive(object).duplicate()).as("can be sent again").isFalse();
  }

  @Test
  void givenAFileThatIsWhole_whenPutAsideByMistake_thenItKeepsItsName() throws Exception {
    StorageMessage whole = indexed(TestObject.create());

    intake
        .objects()
        .putAside(whole.filePath(), whole.receptionId(), whole.dataSetOffset(), whole.digest());

    assertThat(root.resolve(whole.filePath())).exists();
  }

  @Test
  void givenADamagedOnlyCopy_whenVerified_thenItStaysReadableAndIsReportedEveryTime()
      throws Exception {
    StorageMessage damaged = indexed(TestObject.create());
    damage(damaged);

    for (int run = 0; run < 2; run++) {
      ReconcileTask.Result result = index.reconcile(intake.objects(), TestIndex.verifying());

      assertThat(result.losses()).isEqualTo(1);
      assertThat(index.findings()).containsExactly("DAMAGED_ONLY_COPY " + damaged.filePath());
      assertThat(index.online(damaged)).isEqualTo("available " + damaged.filePath());
      assertThat(root.resolve(damaged.filePath())).exists();
    }
  }

  @Test
  void givenADamagedFileThatSharesItsBytesWithTheArchive_whenVerified_thenThatIsNoCopy()
      throws Exception {
    StorageMessage damaged = indexed(TestObject.create());
    index.archive(damaged);
    Files.createLink(root.resolve("archived"), root.resolve(damaged.filePath()));
    damage(damaged);

    index.reconcile(intake.objects(), TestIndex.verifying());

    assertThat(index.findings()).containsExactly("DAMAGED_ONLY_COPY " + damaged.filePath());
    assertThat(root.resolve(damaged.filePath())).exists();
  }

  @Test
  void givenAFileThatLostItsEnd_whenCompared_thenThatIsSeenWithoutReadingIt() throws Exception {
    StorageMessage cut = indexed(TestObject.create());
    index.archive(cut);
    Path file = root.resolve(cut.filePath());
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));

    index.reconcile(intake.objects(), TestIndex.properties());

    assertThat(index.findings()).containsExactly("DAMAGED " + cut.filePath());
  }

  @Test
  void givenADamagedFile_whenTheSameObjectIsHereOnceMore_thenThatTakesItsPlace() throws Exception {
    StorageMessage damaged = indexed(TestObject.create());
    UUID later = UUID.randomUUID();
    String copy = damaged.filePath().replace(".dcm", "." + later + ".dcm");
    Files.copy(root.resolve(damaged.filePath()), root.resolve(copy));
    index.indexRepeat(at(damaged, later, copy), damaged.receptionId());
    damage(damaged);

    index.reconcile(intake.objects(), TestIndex.verifying());

    assertThat(index.findings()).containsExactly("RETURNED " + damaged.filePath());
    assertThat(index.online(damaged)).isEqualTo("available " + copy);
    index.reconcile(intake.objects(), TestIndex.verifying());
    assertThat(index.findings()).isEmpty();
  }

  @Test
  void givenMoreFilesThanMayBeRead_whenVerified_thenTheNextRunGoesOnFromThere() throws Exception {
    for (int i = 0; i < 3; i++) {
      damage(indexed(TestObject.create()));
    }
    ReconcileProperties oneAtATime =
        new ReconcileProperties(
            Duration.ZERO, Duration.ZERO, 10, DataSize.ofGigabytes(1), DataSize.ofBytes(1), 1000);

    List<List<String>> found = new ArrayList<>();
    for (int run = 0; run < 4; run++) {
      index.reconcile(intake.objects(), oneAtATime);
      found.add(index.findings());
    }

    assertThat(found).allSatisfy(each -> assertThat(each).hasSizeLessThanOrEqualTo(1));
    assertThat(found.stream().flatMap(List::stream).distinct()).hasSize(3);
  }

  // (d) files that no archive has

  @Test
  void givenAFileThatNoArchiveHas_whenItIsOldEnough_thenItIsAnnouncedAgain() throws Exception {
    StorageMessage archived = indexed(TestObject.create());
    index.archive(archived);
    StorageMessage not = indexed(TestObject.create());

    index.reconcile(intake.objects(), archiveAfter(Duration.ofHours(1)));
    assertThat(index.findings()).as("not yet").isEmpty();
    index.reconcile(intake.objects(), archiveAfter(Duration.ofNanos(1)));

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
      index.reconcile(intake.objects(), TestIndex.properties());
      assertThat(intake.files()).anyMatch(name -> name.endsWith(".part"));
      other.kill();
    }

    index.reconcile(intake.objects(), TestIndex.properties());

    assertThat(intake.files()).noneMatch(name -> name.endsWith(".part"));
  }

  @Test
  void givenAnotherProcessThatDiedWithAnOutbox_whenCompared_thenItsMessagesAreDelivered()
      throws Exception {
    String study = UID.generate();
    try (KilledIntake other = KilledIntake.start(root, study, KilledIntake.Deed.FILL_OUTBOX)) {
      other.kill();
    }

    index.reconcile(intake.objects(), TestIndex.properties(Duration.ofMinutes(10), NO_VERIFYING));

    await()
        .atMost(Duration.ofSeconds(30))
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

    ReconcileTask.Result result = index.reconcile(intake.objects(), TestIndex.properties(), run);

    assertThat(result).isEqualTo(new ReconcileTask.Result(8, 3, 2));
    assertThat(index.findings()).containsExactly("UNINDEXED " + unknown.getLast().filePath());
  }

  @Test
  void givenARunThatEnded_whenDoneOnceMore_thenNothingHappens() throws Exception {
    received(TestObject.create());
    UUID run = index.plan(intake.objects().store().node());
    index.reconcile(intake.objects(), TestIndex.properties(), run);

    assertThat(index.reconcile(intake.objects(), TestIndex.properties(), run).findings()).isZero();
  }

  @Test
  void givenARunThatGoesOn_whenAnotherBegins_thenItIsToldToComeLater() throws Exception {
    UUID run = index.plan(intake.objects().store().node());
    try (RunLock lock = RunLock.take(intake.objects().store().root()).orElseThrow()) {
      assertThat(lock).isNotNull();
      assertThatThrownBy(() -> index.reconcile(intake.objects(), TestIndex.properties(), run))
          .hasMessageContaining("another run");
    }
    index.reconcile(intake.objects(), TestIndex.properties(), run);
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

  private StorageMessage received(TestObject object) throws Exception {
    Received received = intake.receive(object);
    return received.message();
  }

  private StorageMessage indexed(TestObject object) throws Exception {
    StorageMessage message = received(object);
    index.index(message);
    return message;
  }

  private static StorageMessage at(StorageMessage first, UUID receptionId, String path) {
    return new StorageMessage(
        first.schemaVersion(),
        receptionId,
        first.tenant(),
        first.transferSyntax(),
        first.sopClass(),
        first.sopInstance(),
        first.study(),
        first.series(),
        first.patientId(),
        path.substring(path.lastIndexOf('/') + 1),
        first.fileSize(),
        path,
        first.dataSetOffset(),
        first.node(),
        first.callingAe(),
        first.source(),
        first.received(),
        first.digest());
  }

  private void damage(StorageMessage object) throws IOException {
    Path file = root.resolve(object.filePath());
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
  }

  private static void deleteFolder(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
