package org.regionalpacs.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.messages.ReceptionId;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.nodes.DeleteFiles;
import org.regionalpacs.test.RealServices;

/** A file is deleted, and the same object may come at any moment of that. */
@Timeout(300)
class DeletedFilesTest {
  @TempDir Path root;
  private final String study = UID.generate();
  private final String kafka = RealServices.kafkaBootstrap();
  private final TestObject object = TestObject.create(study);
  private TestIntake intake;
  private TestIntake other;

  @BeforeEach
  void twoProcessesOnOneRoot() throws Exception {
    intake = TestIntake.start(root, kafka);
    other = TestIntake.start(root, kafka);
  }

  @AfterEach
  void stop() throws Exception {
    other.close();
    intake.close();
  }

  @Test
  void givenAFile_whenItsTimeIsLookedAt_thenItIsThatOfItsReception() throws Exception {
    Received received = intake.receive(object);

    assertThat(Files.getLastModifiedTime(intake.file(received)).toInstant())
        .isEqualTo(received.message().received());
  }

  @Test
  void givenADeletedFile_whenSettled_thenItIsGoneWithItsFolders() throws Exception {
    Received received = intake.receive(object);

    assertThat(run(received, Instant.now())).isEqualTo(new DeletedFiles.Removed(1, 0, 0));

    assertThat(intake.files()).isEmpty();
    assertThat(root.resolve("default").resolve(study)).doesNotExist();
    assertThat(run(received, Instant.now())).isEqualTo(new DeletedFiles.Removed(0, 0, 1));
  }

  @Test
  void givenAReceptionInTheMarginOfTheDeletion_whenNotStoredAgain_thenItIsRemoved()
      throws Exception {
    Received received = intake.receive(object);

    assertThat(run(received, Instant.now().minusSeconds(60)).storedAgain()).isZero();
    assertThat(intake.files()).isEmpty();
  }

  @Test
  void givenTheSameObjectBeforeTheDeletion_whenSettled_thenItIsRemoved() throws Exception {
    Received received = intake.receive(object);
    other.receive(object);
    Files.setLastModifiedTime(intake.file(received), FileTime.from(Instant.now().minusSeconds(5)));

    assertThat(run(received, Instant.now())).isEqualTo(new DeletedFiles.Removed(1, 0, 0));
    assertThat(intake.files()).isEmpty();
  }

  @Test
  void givenTheSameObjectAfterTheDeletion_whenSettled_thenItIsThereAsANewObject() throws Exception {
    Received received = intake.receive(object);
    Instant deleted = Instant.now();
    Received again = other.receive(object);
    assertThat(again.duplicate()).isTrue();
    assertThat(again.message().receptionId()).isEqualTo(received.message().receptionId());

    assertThat(run(received, deleted)).isEqualTo(new DeletedFiles.Removed(1, 1, 0));

    StorageMessage message = onlyLiving(received);
    assertThat(message.filePath()).isEqualTo(received.message().filePath());
    assertThat(message.digest()).isEqualTo(received.message().digest());
    assertThat(message.callingAe()).isEqualTo("CT_1");
    assertThat(intake.files()).containsExactly(message.filePath());
  }

  @Test
  void givenTheSameObjectBetweenTheSteps_whenSettled_thenItIsThereAsANewObject() throws Exception {
    Received received = intake.receive(object);
    Instant deleted = Instant.now();
    DeletedFile file = new DeletedFile(OnlineStore.open(root), file(received, deleted));
    file.setAside();
    Received again = other.receive(object);
    assertThat(again.duplicate()).isFalse();

    assertThat(file.settle(intake.intake())).isEqualTo(DeletedFile.Fate.REMOVED);

    assertThat(onlyLiving(received).receptionId()).isEqualTo(again.message().receptionId());
    assertThat(intake.files()).containsExactly(again.message().filePath());
  }

  @Test
  void givenTheSameObjectBeforeAndBetweenTheSteps_whenSettled_thenItIsThereOnce() throws Exception {
    Received received = intake.receive(object);
    Instant deleted = Instant.now();
    intake.receive(object);
    DeletedFile file = new DeletedFile(OnlineStore.open(root), file(received, deleted));
    file.setAside();
    Received again = other.receive(object);

    assertThat(file.settle(intake.intake())).isEqualTo(DeletedFile.Fate.STORED_AGAIN);

    assertThat(intake.files()).containsExactly(again.message().filePath());
  }

  @Test
  void givenOtherContentAfterItWasStoredAgain_whenSettled_thenTheOtherIsStillTheLast()
      throws Exception {
    Received received = intake.receive(object);
    Instant deleted = Instant.now();
    other.receive(object);
    Instant again = Files.getLastModifiedTime(intake.file(received)).toInstant();
    Received version = other.receive(object.with(Tag.PatientName, "Other^Version"));

    assertThat(run(received, deleted).storedAgain()).isOne();

    UUID taken = held(received).receptionId();
    assertThat(ReceptionId.timeMillis(taken)).isEqualTo(again.toEpochMilli());
    assertThat(taken.toString()).isLessThan(version.message().receptionId().toString());
  }

  /** The second deletion compares reception ids with its own: what was there before it is dead. */
  @Test
  void givenASecondDeletionAfterItWasStoredAgain_whenTheFirstIsSettled_thenItIsOlderThanThat()
      throws Exception {
    Received received = intake.receive(object);
    Instant deleted = Instant.now();
    other.receive(object);
    Instant second = Instant.now().plusMillis(1);

    assertThat(run(received, deleted).storedAgain()).isOne();

    Seal seal = held(received);
    assertThat(ReceptionId.timeMillis(seal.receptionId())).isLessThan(second.toEpochMilli());
    assertThat(seal.received()).isBefore(second);
    DeleteFiles.File task =
        new DeleteFiles.File(received.message().filePath(), seal.receptionId(), second);
    assertThat(handler().run(new DeleteFiles(List.of(task))))
        .isEqualTo(new DeletedFiles.Removed(1, 0, 0));
    assertThat(intake.files()).isEmpty();
  }

  private Seal held(Received received) throws Exception {
    return StoredFile.read(intake.file(received), "default").orElseThrow().header().seal();
  }

  @Test
  void givenANewObjectInItsPlace_whenTheTaskComesAgain_thenItIsLeftAlone() throws Exception {
    Received received = intake.receive(object);
    run(received, Instant.now());
    Received again = other.receive(object);
    assertThat(again.duplicate()).isFalse();

    assertThat(run(received, Instant.now())).isEqualTo(new DeletedFiles.Removed(0, 0, 1));

    assertThat(intake.files()).containsExactly(again.message().filePath());
  }

  @Test
  void givenAnotherVersion_whenOneIsDeleted_thenTheOtherStays() throws Exception {
    Received first = intake.receive(object);
    Received version = intake.receive(object.with(Tag.PatientName, "Other^Version"));

    run(first, Instant.now());

    assertThat(intake.files()).containsExactly(version.message().filePath());
  }

  @Test
  void givenAFileThatCannotBeDeleted_whenSettled_thenTheOthersGoAndTheTaskFails() throws Exception {
    Received received = intake.receive(object);
    DeleteFiles.File outside =
        new DeleteFiles.File("../../secret.dcm", UUID.randomUUID(), Instant.now());
    DeleteFiles task = new DeleteFiles(List.of(outside, file(received, Instant.now())));

    assertThatThrownBy(() -> handler().run(task)).isInstanceOf(IllegalArgumentException.class);
    assertThat(intake.files()).isEmpty();
  }

  @Test
  void givenAProcessKilledAfterItSetAFileAside_whenAnotherGoesOn_thenNothingIsLost()
      throws Exception {
    try (KilledIntake killed = KilledIntake.start(root, study, KilledIntake.Deed.SET_ASIDE)) {
      killed.kill();
    }
    assertThat(intake.files()).filteredOn(name -> name.startsWith(".deleted")).hasSize(1);
    assertThat(intake.files()).noneMatch(name -> name.startsWith("default"));

    DeletedFiles.Removed removed = goOn();

    assertThat(removed).isEqualTo(new DeletedFiles.Removed(1, 1, 0));
    assertThat(stored()).hasSize(1);
  }

  @Test
  void givenAProcessKilledAfterItTookAFileInAgain_whenAnotherGoesOn_thenItIsThereOnce()
      throws Exception {
    try (KilledIntake killed = KilledIntake.start(root, study, KilledIntake.Deed.TAKE_IN_AGAIN)) {
      killed.kill();
    }
    assertThat(stored()).hasSize(1);

    DeletedFiles.Removed removed = goOn();

    assertThat(removed).isEqualTo(new DeletedFiles.Removed(1, 1, 0));
    assertThat(stored()).hasSize(1);
    assertThat(intake.files()).noneMatch(name -> name.startsWith(".deleted"));
  }

  /** The sender is answered success all the time, so that the object must be there at the end. */
  @Test
  void givenAnotherProcessThatStoresAgainAndAgain_whenDeletedManyTimesAndKilled_thenItIsThere()
      throws Exception {
    Path path = root.resolve("default/%1$s/%1$s.1/%1$s.1.1.dcm".formatted(study));
    List<DeleteFiles.File> deleted = new ArrayList<>();
    KilledIntake.Deed deed = KilledIntake.Deed.STORE_AGAIN_AND_AGAIN;
    try (KilledIntake sender = KilledIntake.start(root, study, deed)) {
      for (int round = 0; round < 40; round++) {
        deleted.add(new DeleteFiles.File(relative(path), awaitNew(path, deleted), Instant.now()));
        handler().run(new DeleteFiles(List.of(deleted.getLast())));
      }
      awaitNew(path, deleted);
      sender.kill();
    }

    // Tasks may be done twice.
    handler().run(new DeleteFiles(deleted));

    assertThat(awaitNew(path, deleted)).isNotNull();
    assertThat(stored()).hasSize(1);
    assertThat(intake.files()).noneMatch(name -> name.startsWith(".deleted"));
  }

  private String relative(Path path) {
    return root.relativize(path).toString();
  }

  /** The reception id of what is there, once it is none of the deleted ones. */
  private static UUID awaitNew(Path path, List<DeleteFiles.File> deleted) {
    return await()
        .ignoreExceptions()
        .until(
            () -> StoredFile.read(path, "default").orElseThrow().header().seal().receptionId(),
            id -> deleted.stream().noneMatch(file -> file.receptionId().equals(id)));
  }

  /** Whatever the order, each success means that the object is there under a living id. */
  @Test
  void givenManySendersOfOneObject_whenItIsDeletedMeanwhile_thenItIsThereAsANewObject()
      throws Exception {
    for (int round = 0; round < 30; round++) {
      TestObject one = TestObject.create(study);
      Received received = intake.receive(one);
      Instant deleted = Instant.now();
      CountDownLatch start = new CountDownLatch(1);
      try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
        List<Future<?>> work = new ArrayList<>();
        for (TestIntake sender : List.of(intake, other, intake, other)) {
          work.add(
              threads.submit(() -> {
                start.await();
                return sender.receive(one);
              }));
        }
        for (TestIntake owner : List.of(intake, other)) {
          work.add(
              threads.submit(() -> {
                start.await();
                return new DeletedFiles(OnlineStore.open(root), owner.intake())
                    .run(new DeleteFiles(List.of(file(received, deleted))));
              }));
        }
        start.countDown();
        for (Future<?> each : work) {
          each.get(1, TimeUnit.MINUTES);
        }
      }
      String path = received.message().filePath();
      StoredFile held = StoredFile.read(root.resolve(path), "default").orElseThrow();
      assertThat(held.header().seal().receptionId()).isNotEqualTo(received.message().receptionId());
      assertThat(held.header().seal().digest()).isEqualTo(received.message().digest());
    }
    assertThat(intake.files()).hasSize(30);
  }

  private DeletedFiles handler() {
    return new DeletedFiles(OnlineStore.open(root), intake.intake());
  }

  private DeletedFiles.Removed run(Received deleted, Instant cutoff) throws Exception {
    return handler().run(new DeleteFiles(List.of(file(deleted, cutoff))));
  }

  private static DeleteFiles.File file(Received deleted, Instant cutoff) {
    return new DeleteFiles.File(
        deleted.message().filePath(), deleted.message().receptionId(), cutoff);
  }

  /** The task of the killed process. */
  private DeletedFiles.Removed goOn() throws Exception {
    String aside =
        intake.files().stream()
            .filter(name -> name.startsWith(".deleted"))
            .findFirst()
            .orElseThrow()
            .replaceAll(".*/|\\.dcm", "");
    String path = "default/%1$s/%1$s.1/%1$s.1.1.dcm".formatted(study);
    return handler()
        .run(
            new DeleteFiles(
                List.of(
                    new DeleteFiles.File(
                        path, UUID.fromString(aside), Instant.now().minusSeconds(120)))));
  }

  private List<String> stored() throws Exception {
    return intake.files().stream().filter(name -> name.startsWith("default")).toList();
  }

  /** The message of the only object that was received after the deleted one. */
  private StorageMessage onlyLiving(Received deleted) {
    List<StorageMessage> living = new ArrayList<>();
    await()
        .untilAsserted(() -> {
          living.clear();
          QueueReader.messages(kafka, study).stream()
              .filter(message -> !message.receptionId().equals(deleted.message().receptionId()))
              .forEach(living::add);
          assertThat(living).hasSize(1);
        });
    return living.getFirst();
  }
}
