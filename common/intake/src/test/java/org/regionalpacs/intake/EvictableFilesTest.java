package org.regionalpacs.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.index.NodeObject;
import org.regionalpacs.index.ReceptionKey;
import org.regionalpacs.messages.StorageMessage;
import org.springframework.util.unit.DataSize;

/** Files of a node without room. */
@Timeout(120)
class EvictableFilesTest {
  @TempDir Path root;

  @Test
  void givenNoRoom_whenAFileComesBack_thenItIsRefusedAndNothingIsLeft() throws Exception {
    StorageMessage message;
    byte[] bytes;
    try (TestIntake intake = TestIntake.start(root, TestIntake.NO_KAFKA)) {
      Received received = intake.receive(TestObject.create());
      message = received.message();
      bytes = Files.readAllBytes(intake.file(received));
      Files.delete(intake.file(received));
    }
    IntakeProperties full =
        new IntakeProperties(
            Sync.FSYNC,
            Duration.ofMillis(100),
            true,
            DataSize.ofTerabytes(1_000_000),
            DataSize.ofGigabytes(1));
    try (TestIntake intake = TestIntake.start(root, TestIntake.NO_KAFKA, full)) {
      EvictableFiles files = intake.evictable();

      assertThatThrownBy(
              () -> files.bringBack(object(message), new ByteArrayInputStream(bytes), _ -> {}))
          .isInstanceOf(LowSpaceException.class);

      assertThat(intake.files()).noneMatch(name -> name.endsWith(".part"));
      assertThat(files.look(message.filePath())).isEmpty();
      assertThat(files.free()).isPositive().isLessThanOrEqualTo(files.total());
    }
  }

  private static NodeObject object(StorageMessage message) {
    return new NodeObject(
        new ReceptionKey(
            message.tenant(),
            message.study(),
            message.series(),
            message.sopInstance(),
            message.receptionId()),
        message.transferSyntax(),
        message.digest(),
        message.dataSetOffset(),
        message.filePath(),
        message.fileSize(),
        NodeObject.EVICTED,
        List.of());
  }
}
