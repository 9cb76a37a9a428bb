package org.regionalpacs.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@link ChaosSuite}. */
class ChaosIT {
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path dir;

  @Test
  void givenEveryPartIsKilledUnderLoad_thenTheLedgerShowsNoDifference() throws Exception {
    assertThat(new ChaosRun(ChaosPlan.shortened(), dir).run()).isEmpty();
  }
}
