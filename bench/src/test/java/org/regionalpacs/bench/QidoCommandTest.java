package org.regionalpacs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two services start for it. */
@Tag("long")
class QidoCommandTest {
  @TempDir Path folder;

  @Test
  void givenTwoSmallIndexes_whenMeasured_thenEverySearchIsAnsweredAndComparedAndNothingIsLeft()
      throws Exception {
    Path work = folder.resolve("work");
    Path results = folder.resolve("results.md");

    int code =
        Bench.execute(
            "qido",
            "--work=" + work,
            "--studies=12000",
            "--small=11000",
            "--rounds=1",
            "--warm-ups=0",
            "--out=" + results);

    assertThat(code).isZero();
    for (QidoQuery query : QidoQuery.ALL) {
      assertThat(results).content().contains("| " + query.name() + " | ");
    }
    assertThat(results).content().contains("12,000 studies", "| patient id | ");
    try (Stream<Path> left = Files.list(work)) {
      assertThat(left).isEmpty();
    }
  }
}
