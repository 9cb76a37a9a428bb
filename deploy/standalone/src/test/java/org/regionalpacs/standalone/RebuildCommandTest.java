package org.regionalpacs.standalone;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When {@code ./pacs rebuild} doesn't begin. */
class RebuildCommandTest {
  @TempDir Path dir;
  private DataFolder folder;

  @BeforeEach
  void make() {
    folder = DataFolder.make(dir);
  }

  @Test
  void givenAProductThatIsStarting_thenItIsToBeWaitedFor() {
    assertThatThrownBy(() -> RebuildCommand.requireFit(folder, state(false)))
        .isInstanceOf(Complaint.class)
        .hasMessageContaining("is starting: wait");
    assertThatCode(() -> RebuildCommand.requireFit(folder, state(true))).doesNotThrowAnyException();
  }

  @Test
  void givenAnArchiveOnAVolumeThatIsNotMounted_thenNothingBegins() throws Exception {
    Files.createDirectories(folder.online());
    Files.createFile(folder.online().resolve(".node"));
    assertThatCode(() -> RebuildCommand.requireMounted(folder)).doesNotThrowAnyException();
    Files.createSymbolicLink(folder.archive(), dir.resolve("volume"));

    assertThatThrownBy(() -> RebuildCommand.requireMounted(folder))
        .isInstanceOf(Complaint.class)
        .hasMessageContaining("There is no archive in " + folder.archive());
  }

  private static RunState state(boolean ready) {
    return new RunState(1, Instant.now(), ready, Ports.LOOPBACK, 1, 2, 3, 4, 5, 6, true);
  }
}
