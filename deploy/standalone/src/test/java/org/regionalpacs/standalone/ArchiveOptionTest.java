package org.regionalpacs.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regionalpacs.standalone.ArchiveChoice.Store;
import picocli.CommandLine;

class ArchiveOptionTest {
  private static final List<String> TRACKERS = List.of("a:22122", "10.0.0.2:22122");

  @TempDir Path dir;
  private DataFolder folder;

  @BeforeEach
  void make() {
    folder = DataFolder.make(dir);
  }

  private Optional<ArchiveChoice> choice(String... options) {
    UpCommand up = new UpCommand();
    new CommandLine(up).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(options);
    return up.archive.choice(folder);
  }

  @Test
  void givenNothingSaid_thenSettingsDecide() {
    assertThat(choice()).isEmpty();
  }

  @Test
  void givenFastDfs_whenStartedAgainWithoutSayingSo_thenItIsRemembered() {
    ArchiveChoice choice =
        choice("--blob-store", "fastdfs", "--fastdfs-trackers", "a:22122,10.0.0.2:22122")
            .orElseThrow();
    assertThat(choice).isEqualTo(new ArchiveChoice(Store.FASTDFS, TRACKERS));
    assertThat(choice.arguments())
        .containsExactly(
            "--pacs.archive.store=fastdfs", "--pacs.fastdfs.trackers=a:22122,10.0.0.2:22122");
    assertThat(choice(choice.options().toArray(String[]::new))).contains(choice);

    choice.write(folder);
    assertThat(choice()).contains(choice);
    assertThat(choice("--fastdfs-trackers=b:1"))
        .contains(new ArchiveChoice(Store.FASTDFS, List.of("b:1")));
    assertThat(choice("--blob-store=local")).contains(new ArchiveChoice(Store.LOCAL, TRACKERS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--blob-store=fastdfs",
        "--fastdfs-trackers=a:22122",
        "--blob-store=fastdfs --fastdfs-trackers=a",
        "--blob-store=fastdfs --fastdfs-trackers=a:99999",
        "--blob-store=fastdfs --fastdfs-trackers=a:1,,b:2"
      })
  void givenTrackersThatCanNotBe_thenALineSaysSo(String options) {
    assertThatThrownBy(() -> choice(options.split(" ")))
        .isInstanceOf(Complaint.class)
        .hasMessageContaining("--fastdfs-trackers");
  }

  @Test
  void givenARememberedChoiceThatIsDamaged_thenALineNamesTheFile() throws Exception {
    Files.writeString(dir.resolve("blob-store"), "store=tape\n");
    assertThatThrownBy(() -> choice())
        .isInstanceOf(Complaint.class)
        .hasMessageContaining("blob-store");
  }
}
