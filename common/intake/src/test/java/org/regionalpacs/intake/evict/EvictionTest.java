package org.regionalpacs.intake.evict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.index.NodeObject;
import org.regionalpacs.intake.EvictableFiles;
import org.regionalpacs.intake.QueueReader;
import org.regionalpacs.intake.TestObject;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.nodes.DeleteFiles;
import org.regionalpacs.test.fastdfs.Fault;
import org.regionalpacs.test.fastdfs.Wire;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;

/** Files go when their archived copies are whole, and only then. */
class EvictionTest extends EvictingNode {
  @Autowired KafkaConnectionDetails kafka;

  @Test
  void givenAnArchivedStudy_whenEvicted_thenItsFilesAndFoldersAreGoneAndItIsReadTheSame()
      throws Exception {
    StorageMessage message = archived(object);
    byte[] bytes = Files.readAllBytes(file(message));

    var result = evict();

    assertThat(result.objects()).isEqualTo(1);
    assertThat(result.bytes()).isEqualTo(bytes.length);
    assertThat(result.refused()).isEmpty();
    assertThat(online.root().resolve("default").resolve(object.study())).doesNotExist();
    assertThat(state(message)).isEqualTo(NodeObject.EVICTED);
    assertThat(leftovers()).isEmpty();
    assertThat(read(message)).isEqualTo(bytes);
    assertThat(column("online")).isEqualTo("f");
    assertThat(column("evicted_bytes")).isEqualTo(String.valueOf(bytes.length));
    assertThat(evict().objects()).isZero();
  }

  @Test
  void givenACopyThatIsDamaged_whenEvicted_thenTheFileStays() throws Exception {
    StorageMessage message = archived(object);
    byte[] copy = Files.readAllBytes(copyOf(message));
    copy[message.dataSetOffset() + 100] ^= 1;
    Files.write(copyOf(message), copy);

    assertStays(message, Refusal.COPY_DAMAGED);
  }

  @Test
  void givenACopyThatIsDamaged_whenEvicted_thenItIsArchivedAgainAndTheDamagedOneListed()
      throws Exception {
    StorageMessage message = archived(object);
    Path damaged = copyOf(message);
    byte[] copy = Files.readAllBytes(damaged);
    copy[message.dataSetOffset() + 100] ^= 1;
    Files.write(damaged, copy);

    evict();

    assertThat(archivedState(message)).isEqualTo("damaged");
    assertThat(read(message)).isEqualTo(Files.readAllBytes(file(message)));
    assertThat(announced(message)).as("at reception, and again").isEqualTo(2);
    evict();
    assertThat(announced(message)).as("the archiver is at it").isEqualTo(2);

    archive(message);

    assertThat(archivedState(message)).isEqualTo("available");
    assertThat(copyOf(message)).isNotEqualTo(damaged);
    assertThat(damaged).as("never overwritten").hasBinaryContent(copy);
    assertThat(
            jdbc.sql("select answered from possible_orphan where name like ?")
                .param("%" + message.receptionId())
                .query(String.class)
                .list())
        .singleElement()
        .asString()
        .endsWith(damaged.getFileName().toString());
    assertThat(evict().objects()).isEqualTo(1);
    assertThat(read(message)).endsWith(object.bytes());
  }

  @Test
  void givenCopyAndFileAreDamaged_whenEvicted_thenTheCopyIsNotGivenUp() throws Exception {
    StorageMessage message = archived(object);
    for (Path each : List.of(copyOf(message), file(message))) {
      byte[] bytes = Files.readAllBytes(each);
      bytes[message.dataSetOffset() + 100] ^= 1;
      Files.write(each, bytes);
    }

    evict();

    assertThat(archivedState(message)).isEqualTo("available");
    assertThat(announced(message)).isEqualTo(1);
  }

  private String archivedState(StorageMessage message) {
    return jdbc.sql("select state from location where reception_id = ? and store = 'fastdfs'")
        .param(message.receptionId())
        .query(String.class)
        .single();
  }

  private long announced(StorageMessage message) {
    return QueueReader.messages(
            kafka.getProducer().getBootstrapServers().getFirst(), message.study())
        .stream()
        .filter(each -> each.receptionId().equals(message.receptionId()))
        .count();
  }

  @Test
  void givenACopyWithAnotherHeader_whenEvicted_thenTheFileStays() throws Exception {
    StorageMessage message = archived(object);
    byte[] copy = Files.readAllBytes(copyOf(message));
    copy[130] ^= 1;
    Files.write(copyOf(message), copy);

    assertStays(message, Refusal.COPY_DAMAGED);
  }

  @Test
  void givenACopyThatIsGone_whenEvicted_thenTheFileStays() throws Exception {
    StorageMessage message = archived(object);
    Files.delete(copyOf(message));

    assertStays(message, Refusal.COPY_GONE);
  }

  @Test
  void givenNoCopy_whenEvicted_thenTheFileStays() throws Exception {
    assertStays(stored(object), Refusal.NOT_ARCHIVED);
  }

  @Test
  void givenAPinnedStudy_whenEvicted_thenItStays() throws Exception {
    StorageMessage message = archived(object);
    pins.pin("default", object.study(), "");

    assertStays(message, Refusal.PINNED);
  }

  @Test
  void givenAFileWithAnotherName_whenEvicted_thenItStaysAsThatWouldFreeNothing() throws Exception {
    StorageMessage message = archived(object);
    Path second = online.root().resolveSibling(object.sopInstance());
    Files.createLink(second, file(message));

    assertStays(message, Refusal.SHARED);

    Files.delete(second);
    assertThat(evict().objects()).isEqualTo(1);
  }

  @Test
  void givenAFileThatIsNotWhole_whenEvicted_thenItIsLeftToReconciling() throws Exception {
    StorageMessage message = archived(object);
    Files.write(file(message), new byte[] {1, 2, 3});

    assertStays(message, Refusal.FILE_CHANGED);
  }

  @Test
  void givenAnArchiveThatIsAway_whenEvicted_thenAllStaysAndTheTaskFailsSoon() throws Exception {
    List<StorageMessage> messages = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      messages.add(archived(TestObject.create(object.study())));
    }
    Instant before = Instant.now();
    storage().kill();
    try {
      assertThatThrownBy(this::evict).isInstanceOf(ArchiveAwayException.class);
    } finally {
      storage().restart();
    }
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(60));
    assertThat(messages).allSatisfy(each -> assertThat(file(each)).exists());

    assertThat(evict().objects()).isEqualTo(4);
  }

  @Test
  void givenAnArchiveThatHangs_whenEvicted_thenTheFileStaysAndNothingWaitsForLong()
      throws Exception {
    StorageMessage message = archived(object);
    Instant before = Instant.now();
    storage().faults().always(Wire.DOWNLOAD, new Fault.HangDownload(10));

    assertStays(message, Refusal.UNREACHABLE);

    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(200));
  }

  @Test
  void givenVersions_whenEvicted_thenEachGoesForItself() throws Exception {
    StorageMessage first = archived(object);
    StorageMessage second = stored(object.with(Tag.PatientName, "Other^Name"));

    assertThat(evict().objects()).isEqualTo(1);

    assertThat(state(first)).isEqualTo(NodeObject.EVICTED);
    assertThat(file(second)).exists();
    assertThat(column("online")).isEqualTo("t");
  }

  @Test
  void givenARepeatInTheSameFile_whenOneHasNoCopy_thenTheFileStays() throws Exception {
    StorageMessage message = archived(object);
    evict();
    StorageMessage again = stored(object);
    bringBack();
    assertThat(place(message).path()).isNotEqualTo(place(again).path());
    jdbc.sql("update location set blob_id = ? where reception_id = ? and store = 'online'")
        .params(again.filePath(), message.receptionId())
        .update();

    evict();

    assertThat(state(message)).isEqualTo(NodeObject.AVAILABLE);
    assertThat(file(again)).exists();
    archive(again);
    evict();
    assertThat(List.of(state(message), state(again))).containsOnly(NodeObject.EVICTED);
  }

  @Test
  void givenACrashAfterTheNameWasTaken_whenSettled_thenTheFileIsBack() throws Exception {
    StorageMessage message = archived(object);
    byte[] bytes = Files.readAllBytes(file(message));
    setAside(message);
    assertThat(read(message)).isEqualTo(bytes);

    reconcile();

    assertThat(leftovers()).isEmpty();
    assertThat(Files.readAllBytes(file(message))).isEqualTo(bytes);
    assertThat(state(message)).isEqualTo(NodeObject.AVAILABLE);
    setAside(message);
    assertThat(evict().objects()).isEqualTo(1);
  }

  @Test
  void givenACrashAfterTheNameWasTaken_whenAnotherHasTheNameSince_thenBothAreThere()
      throws Exception {
    StorageMessage message = archived(object);
    setAside(message);
    StorageMessage other = stored(object.with(Tag.PatientName, "Other^Name"));
    assertThat(other.filePath()).isEqualTo(message.filePath());

    reconcile();

    assertThat(leftovers()).isEmpty();
    assertThat(place(message).path()).contains(message.receptionId().toString());
    assertThat(online.resolve(place(message).path())).exists();
    assertThat(file(other)).exists();
    assertThat(state(message)).isEqualTo(NodeObject.AVAILABLE);
  }

  @Test
  void givenACrashAfterItWasMarked_whenSettled_thenTheFileGoes() throws Exception {
    StorageMessage message = archived(object);
    setAside(message);
    assertThat(evictions.evict(study, List.of(nodeObject(message)))).hasSize(1);

    evict();

    assertThat(leftovers()).isEmpty();
    assertThat(file(message)).doesNotExist();
    assertThat(state(message)).isEqualTo(NodeObject.EVICTED);
  }

  @Test
  void givenAPowerCutThatBroughtTheNameBack_whenReconciled_thenTheFileIsOnlineAgain()
      throws Exception {
    StorageMessage message = archived(object);
    evictions.evict(study, List.of(nodeObject(message)));

    reconcile();

    assertThat(findings()).containsExactly("RETURNED");
    assertThat(state(message)).isEqualTo(NodeObject.AVAILABLE);
    reconcile();
    assertThat(findings()).isEmpty();
  }

  @Test
  void givenAnEvictedStudy_whenReconciled_thenNothingIsAmiss() throws Exception {
    archived(object);
    evict();

    reconcile();

    assertThat(findings()).isEmpty();
  }

  @Test
  void givenAnEvictedObjectWhoseCopyTheIndexHasLost_whenReconciled_thenItIsSaidToBeLost()
      throws Exception {
    StorageMessage message = archived(object);
    evict();
    jdbc.sql("delete from location where reception_id = ? and store = 'fastdfs'")
        .param(message.receptionId())
        .update();

    reconcile();

    assertThat(findings()).containsExactly("LOST");
  }

  @Test
  void givenAnEvictedObject_whenTheSameIsStoredAgain_thenItIsARepeatWithAFile() throws Exception {
    StorageMessage message = archived(object);
    evict();

    StorageMessage again = stored(object);

    assertThat(again.receptionId()).isNotEqualTo(message.receptionId());
    assertThat(again.filePath()).isEqualTo(message.filePath());
    assertThat(instances.ofStudy("default", object.study())).hasSize(1);
    reconcile();
    assertThat(findings()).isEmpty();
    assertThat(state(message)).isEqualTo(NodeObject.EVICTED);
    assertThat(read(message)).endsWith(object.bytes());
    archive(again);
    assertThat(evict().objects()).isEqualTo(1);
  }

  @Test
  void givenADeletionBetweenTheSteps_whenEvicted_thenTheDeletionRemovesTheFile() throws Exception {
    StorageMessage message = archived(object);
    NodeObject seen = nodeObject(message);
    setAside(message);
    delete();

    assertThat(evictions.evict(study, List.of(seen))).isEmpty();
    evict();
    assertThat(leftovers()).hasSize(1);
    remove(message);

    assertThat(leftovers()).isEmpty();
  }

  @Test
  void givenItWasDeletedAndStoredAgainBeforeItsNameWasTaken_whenRemoved_thenItIsANewObject()
      throws Exception {
    StorageMessage message = archived(object);
    delete();
    Files.setLastModifiedTime(file(message), FileTime.from(Instant.now().plusSeconds(60)));
    setAside(message);
    evict();

    remove(message);

    assertThat(leftovers()).isEmpty();
    assertThat(file(message)).exists();
    assertThat(files.look(message.filePath()).orElseThrow().receptionId())
        .isNotEqualTo(message.receptionId());
  }

  @Test
  void givenAnEvictedStudy_whenDeleted_thenItsPlacesAreToBeRemoved() throws Exception {
    StorageMessage message = archived(object);
    evict();

    delete();

    assertThat(
            jdbc.sql("select store from removal where reception_id = ?")
                .param(message.receptionId())
                .query(String.class)
                .set())
        .isEqualTo(Set.of("online", "fastdfs"));
    remove(message);
    assertThat(file(message)).doesNotExist();
  }

  @Test
  void givenTheSameObjectComesWhileItIsEvicted_whenAllIsOver_thenItIsReadAndThereOnce()
      throws Exception {
    StorageMessage first = archived(object);
    byte[] dataSet = object.bytes();
    try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 25; i++) {
        Future<StorageMessage> coming = other.submit(() -> stored(object));
        evict();
        StorageMessage came = coming.get();
        assertThat(read(first)).endsWith(dataSet);
        assertThat(instances.ofStudy("default", object.study())).hasSize(1);
        if (!came.receptionId().equals(first.receptionId()) && Files.exists(file(came))) {
          archive(came);
        }
      }
    }
    reconcile();
    assertThat(findings()).isEmpty();
    assertThat(leftovers()).isEmpty();
    assertThat(read(first)).endsWith(dataSet);
  }

  private void assertStays(StorageMessage message, Refusal reason) throws Exception {
    double before = refusals("out", reason);
    byte[] bytes = Files.readAllBytes(file(message));

    assertThat(evict().refused()).isEqualTo(Map.of(reason.id(), 1L));

    assertThat(Files.readAllBytes(file(message))).isEqualTo(bytes);
    assertThat(state(message)).isEqualTo(NodeObject.AVAILABLE);
    assertThat(leftovers()).isEmpty();
    assertThat(refusals("out", reason)).isEqualTo(before + 1);
  }

  private void setAside(StorageMessage message) throws Exception {
    try (EvictableFiles.Turn turn = files.turn()) {
      assertThat(turn.setAside(message.filePath(), message.receptionId())).isTrue();
    }
  }

  private void remove(StorageMessage message) throws Exception {
    deleting.run(
        new DeleteFiles(
            List.of(
                new DeleteFiles.File(
                    message.filePath(), message.receptionId(), Instant.now().minusSeconds(1)))));
  }

  private String column(String name) {
    return jdbc.sql("select " + name + " from online_study where study_uid = ?")
        .param(object.study())
        .query(String.class)
        .single();
  }
}
