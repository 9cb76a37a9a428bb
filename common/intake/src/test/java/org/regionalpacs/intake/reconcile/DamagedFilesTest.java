package org.regionalpacs.intake.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.regionalpacs.intake.OnlineObjects;
import org.regionalpacs.intake.TestObject;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.nodes.ReconcileTask;
import org.springframework.util.unit.DataSize;

/** What is done about files that are gone, or are not what was received. */
class DamagedFilesTest extends ReconciledNode {
  // (b) rows whose file is gone

  @Test
  void givenFilesThatAreGone_whenCompared_thenMarkedAndThoseWithoutACopyReportedAsLost()
      throws Exception {
    StorageMessage archived = indexed(TestObject.create());
    index.archive(archived);
    StorageMessage lost = indexed(TestObject.create());
    deleteFolder(root.resolve("default").resolve(archived.study()));
    Files.delete(root.resolve(lost.filePath()));

    ReconcileTask.Result result = index.reconcile(intake, TestIndex.properties());

    assertThat(result.losses()).isEqualTo(1);
    assertThat(index.findings())
        .containsExactly("LOST " + lost.filePath(), "MISSING " + archived.filePath());
    assertThat(index.online(archived)).startsWith("missing ");
    assertThat(index.online(lost)).startsWith("missing ");
    assertThat(index.meters.counter("pacs.reconcile.findings", "kind", "lost").count())
        .isPositive();

    index.reconcile(intake, TestIndex.properties());
    assertThat(index.findings()).as("until it is back").containsExactly("LOST " + lost.filePath());
  }

  @Test
  void givenALostObject_whenItIsSentAgain_thenItIsBack() throws Exception {
    TestObject object = TestObject.create();
    StorageMessage lost = indexed(object);
    Files.delete(root.resolve(lost.filePath()));
    index.reconcile(intake, TestIndex.properties());

    StorageMessage again = received(object);
    assertThat(again.filePath()).isEqualTo(lost.filePath());
    index.reconcile(intake, TestIndex.properties());

    assertThat(index.findings()).containsExactly("RETURNED " + lost.filePath());
    assertThat(index.online(lost)).isEqualTo("available " + lost.filePath());
  }

  @Test
  void givenAnEvictedFile_whenCompared_thenNothingIsFound() throws Exception {
    StorageMessage evicted = indexed(TestObject.create());
    index.archive(evicted);
    index
        .jdbc
        .sql("update location set state = 'evicted' where reception_id = ? and store = 'online'")
        .param(evicted.receptionId())
        .update();
    Files.delete(root.resolve(evicted.filePath()));

    index.reconcile(intake, TestIndex.properties());

    assertThat(index.findings()).isEmpty();
    assertThat(index.online(evicted)).startsWith("evicted ");
  }

  @Test
  void givenFilesOfAnotherNode_whenCompared_thenTheyAreThatNodesBusiness() throws Exception {
    StorageMessage here = received(TestObject.create());
    Files.delete(root.resolve(here.filePath()));
    index.index(here);
    index.jdbc.sql("update location set node = ?").param(UUID.randomUUID().toString()).update();

    index.reconcile(intake, TestIndex.properties());

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

    index.reconcile(intake, TestIndex.properties());
    assertThat(index.findings()).as("names and sizes are right").isEmpty();
    index.reconcile(intake, TestIndex.verifying());

    assertThat(index.findings()).containsExactly("DAMAGED " + damaged.filePath());
    assertThat(index.online(damaged)).startsWith("damaged ");
    assertThat(root.resolve(damaged.filePath())).doesNotExist();
    try (Stream<Path> aside = Files.walk(root.resolve(OnlineObjects.DAMAGED))) {
      assertThat(aside.filter(Files::isRegularFile)).hasSize(1);
    }
    assertThat(intake.receive(object).duplicate()).as("can be sent again").isFalse();
  }

  @Test
  void givenADamagedOnlyCopyThatNobodyNoticed_whenTheObjectIsSentAgain_thenThatTakesItsPlace()
      throws Exception {
    TestObject object = TestObject.create();
    StorageMessage damaged = indexed(object);
    damage(damaged);

    StorageMessage again = received(object);
    index.indexRepeat(again, damaged.receptionId());

    assertThat(again.filePath()).as("kept beside it").isNotEqualTo(damaged.filePath());
    assertThat(intake.receive(object).duplicate()).as("of what came second").isTrue();
    ReconcileTask.Result result = index.reconcile(intake, TestIndex.verifying());
    assertThat(result.losses()).isZero();
    assertThat(index.findings()).containsExactly("RETURNED " + damaged.filePath());
    assertThat(index.online(damaged)).isEqualTo("available " + again.filePath());
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
  void givenAFileCutWithinItsHeader_whenCompared_thenItIsDamagedAndTheRunGoesOn() throws Exception {
    StorageMessage cut = indexed(TestObject.create());
    index.archive(cut);
    Files.write(root.resolve(cut.filePath()), new byte[3]);

    index.reconcile(intake, TestIndex.verifying());

    assertThat(index.findings()).containsExactly("DAMAGED " + cut.filePath());
    assertThat(root.resolve(cut.filePath())).doesNotExist();
  }

  @Test
  void givenADamagedOnlyCopy_whenVerified_thenItStaysReadableAndIsReportedEveryTime()
      throws Exception {
    StorageMessage damaged = indexed(TestObject.create());
    damage(damaged);

    for (int run = 0; run < 2; run++) {
      ReconcileTask.Result result = index.reconcile(intake, TestIndex.verifying());

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

    index.reconcile(intake, TestIndex.verifying());

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

    index.reconcile(intake, TestIndex.properties());

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

    index.reconcile(intake, TestIndex.verifying());

    assertThat(index.findings()).containsExactly("RETURNED " + damaged.filePath());
    assertThat(index.online(damaged)).isEqualTo("available " + copy);
    index.reconcile(intake, TestIndex.verifying());
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
      index.reconcile(intake, oneAtATime);
      found.add(index.findings());
    }

    assertThat(found).allSatisfy(each -> assertThat(each).hasSizeLessThanOrEqualTo(1));
    assertThat(found.stream().flatMap(List::stream).distinct()).hasSize(3);
  }
}
