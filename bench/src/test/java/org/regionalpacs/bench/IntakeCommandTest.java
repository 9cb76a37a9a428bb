package org.regionalpacs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntakeCommandTest {
  @TempDir Path folder;

  @Test
  void givenTwoNumbersOfAssociations_whenMeasured_thenARowForEachAndNothingIsLeft()
      throws Exception {
    Path work = folder.resolve("work");
    Path results = folder.resolve("results.md");

    int code =
        Bench.execute(
            "intake",
            "--work=" + work,
            "--associations=1,3",
            "--images=6",
            "--size=1000",
            "--rounds=1",
            "--out=" + results);

    assertThat(code).isZero();
    assertThat(results)
        .content()
        .containsPattern("\\| 1 \\| [0-9].*\\| 1\\.00 \\|")
        .containsPattern("\\| 3 \\| [0-9]");
    try (Stream<Path> left = Files.list(work)) {
      assertThat(left).isEmpty();
    }
  }
}
