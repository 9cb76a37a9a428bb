package org.regionalpacs.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./pacs test chaos}; its name keeps it out of every other run of the tests. */
class ChaosSuite {
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path dir;

  @Test
  void givenEveryPartIsBrokenAgainAndAgain_thenTheLedgerShowsNoDifference() throws Exception {
    assertThat(new ChaosRun(ChaosPlan.full(), dir).run()).isEmpty();
  }
}
