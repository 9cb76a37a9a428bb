package org.regionalpacs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobsCommandTest {
  @TempDir Path folder;

  @Test
  void givenNoCluster_whenMeasured_thenBlocksAndCacheAreComparedAndNothingIsLeft()
      throws Exception {
    Path work = folder.resolve("work");
    Path results = folder.resolve("results.md");

    int code =
        Bench.execute(
            "blobs",
            "--work=" + work,
            "--large=20000000",
            "--small=5000,50000",
            "--objects=8",
            "--readers=1,3",
            "--rounds=1",
            "--out=" + results);

    assertThat(code).isZero();
    assertThat(results)
        .content()
        .containsPattern("\\| put \\| [0-9].*\\| [0-9]+\\.[0-9]{2} \\|")
        .containsPattern("\\| get \\| [0-9]")
        .containsPattern("\\| 5000 \\| 1 \\| [0-9].*\\| [0-9]+\\.[0-9]{2} \\|")
        .containsPattern("\\| 50000 \\| 3 \\| [0-9]");
    try (Stream<Path> left = Files.list(work)) {
      assertThat(left).isEmpty();
    }
  }
}
