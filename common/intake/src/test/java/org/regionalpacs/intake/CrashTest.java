package org.regionalpacs.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.messages.StorageMessage;
import org.regionalpacs.test.RealServices;

/** A process with an intake is killed; the next one settles what it left. */
@Timeout(300)
class CrashTest {
  @TempDir Path root;
  private final String study = UID.generate();
  private final String kafka = RealServices.kafkaBootstrap();

  @Test
  void givenMessagesInTheOutbox_whenKilledAndStarted_thenTheyAreDelivered() throws Exception {
    try (KilledIntake other = KilledIntake.start(root, study, KilledIntake.Deed.FILL_OUTBOX)) {
      other.kill();
    }
    List<Path> stored = stored();
    assertThat(stored).hasSize(KilledIntake.OBJECTS);

    try (TestIntake _ = TestIntake.start(root, kafka)) {
      awaitMessages(stored);
      await()
          .until(() -> Files.list(root.resolve(".outbox")).filter(Files::isDirectory).count() == 1);
    }
  }

  @Test
  void givenAnObjectInItsPlace_whenKilledBeforeItsMessage_thenItIsAnnounced() throws Exception {
    try (KilledIntake other = KilledIntake.start(root, study, KilledIntake.Deed.AWAIT_KAFKA)) {
      other.kill();
    }
    List<Path> stored = stored();
    assertThat(stored).hasSize(1);

    try (TestIntake intake = TestIntake.start(root, kafka)) {
      awaitMessages(stored);
      await().until(() -> intake.files().equals(relative(stored)));
    }
  }

  @Test
  void givenHalfAnObject_whenKilled_thenItIsDeletedButNotBefore() throws Exception {
    try (KilledIntake other = KilledIntake.start(root, study, KilledIntake.Deed.RECEIVE_HALF)) {
      try (TestIntake intake = TestIntake.start(root, kafka)) {
        assertThat(intake.files()).singleElement().asString().endsWith(PartFile.SUFFIX);
      }
      other.kill();
    }

    try (TestIntake intake = TestIntake.start(root, kafka)) {
      assertThat(intake.files()).isEmpty();
    }
  }

  private void awaitMessages(List<Path> stored) {
    await()
        .untilAsserted(() ->
            assertThat(QueueReader.messages(kafka, study))
                .extracting(StorageMessage::filePath)
                .hasSameElementsAs(relative(stored)));
  }

  private List<String> relative(List<Path> files) {
    return files.stream().map(file -> root.relativize(file).toString()).sorted().toList();
  }

  private List<Path> stored() throws Exception {
    try (Stream<Path> files = Files.walk(root.resolve("default"))) {
      return files.filter(file -> file.toString().endsWith(Shelf.SUFFIX)).sorted().toList();
    }
  }
}
