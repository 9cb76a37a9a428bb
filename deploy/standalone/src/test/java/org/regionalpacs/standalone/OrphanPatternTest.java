package org.regionalpacs.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.regionalpacs.index.PossibleOrphan;

/** By which name a file that nobody knows can be found on a storage's disk. */
class OrphanPatternTest {
  private static final long SIZE = 10_343;
  private static final long CRC = 0x097A_0B46L;
  private static final Path FILE = Path.of("fwAAC2sDrTiADtvFAAAoZwl6C0Y700.dcm");

  private static PossibleOrphan orphan(
      long size, long sent, OptionalLong crc, Optional<String> answered) {
    return new PossibleOrphan(
        UUID.randomUUID(), Instant.EPOCH, "fastdfs", "", "t/1.dcm", size, sent, crc, answered, "?");
  }

  private static boolean finds(PossibleOrphan orphan) {
    String pattern = OrphansCommand.pattern(orphan).orElseThrow();
    return FileSystems.getDefault().getPathMatcher("glob:" + pattern).matches(FILE);
  }

  @Test
  void givenAllWasSent_whenLookedFor_thenSizeAndChecksumTellTheFile() {
    assertThat(finds(orphan(SIZE, SIZE, OptionalLong.of(CRC), Optional.empty()))).isTrue();
    assertThat(finds(orphan(SIZE, SIZE, OptionalLong.of(CRC + 1), Optional.empty()))).isFalse();
  }

  @Test
  void givenTheProcessDied_whenLookedFor_thenTheSizeTellsTheFile() {
    assertThat(finds(orphan(SIZE, SIZE, OptionalLong.empty(), Optional.empty()))).isTrue();
    assertThat(finds(orphan(SIZE + 1, SIZE + 1, OptionalLong.empty(), Optional.empty()))).isFalse();
  }

  @Test
  void givenAPartOrAnId_whenLookedFor_thenThereIsNoPattern() {
    assertThat(OrphansCommand.pattern(orphan(SIZE, 1, OptionalLong.empty(), Optional.empty())))
        .isEmpty();
    assertThat(OrphansCommand.pattern(orphan(SIZE, SIZE, OptionalLong.empty(), Optional.of("x"))))
        .isEmpty();
  }
}
