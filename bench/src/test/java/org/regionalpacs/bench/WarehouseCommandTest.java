package org.regionalpacs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarehouseCommandTest {
  @TempDir Path folder;

  @Test
  void givenAFewRows_whenLoadedInThreeWays_thenEachHasItsRate() {
    Path results = folder.resolve("results.md");

    int code =
        Bench.execute("warehouse", "--rows=250", "--batch=100", "--rounds=1", "--out=" + results);

    assertThat(code).isZero();
    assertThat(results)
        .content()
        .containsPattern("the warehouse: .*\\| [0-9]+ .*\\| 1 \\|")
        .containsPattern("inserts .*\\| [0-9]+ .*\\| [0-9.]+ \\|")
        .containsPattern("COPY into .*\\| [0-9]+ .*\\| [0-9.]+ \\|");
  }
}
