package org.regionalpacs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("long")
class TransferCommandTest {
  @TempDir Path folder;

  @Test
  void givenSmallSeries_whenTransferred_thenEveryFormHasItsTimesAndNothingIsLeft()
      throws Exception {
    Path work = Files.createDirectory(folder.resolve("work"));
    Path results = folder.resolve("transfer.md");

    int code =
        Bench.execute(
            "transfer",
            "--images=2",
            "--side=64",
            "--links=20,100",
            "--rounds=1",
            "--work=" + work,
            "--out=" + results);

    assertThat(code).isZero();
    List<String> rows =
        Files.readString(results)
            .lines()
            .filter(line -> line.matches("\\| (orig|JPEG|HTJ).*"))
            .toList();
    assertThat(rows).hasSize(2 * 2 * TransferForm.values().length);
    assertThat(rows)
        .filteredOn(row -> !row.contains("isn't installed"))
        .allMatch(row -> row.matches("\\| [^|]+( \\| [0-9.]+){7} \\|"));
    assertThat(results).content().contains("- 20 Mbit/s: ", "## CT: 2 images", "## MR: 4 images");
    try (Stream<Path> left = Files.list(work)) {
      assertThat(left).isEmpty();
    }
  }
}
