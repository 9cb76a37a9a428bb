package org.regionalpacs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodecsCommandTest {
  @TempDir Path folder;

  @Test
  void givenASmallRun_whenMeasured_thenEveryCodecHasARateOrSaysWhatIsMissing() throws IOException {
    Path results = folder.resolve("codecs.md");
    Path work = Files.createDirectory(folder.resolve("work"));

    int code =
        Bench.execute(
            "codecs",
            "--frames=2",
            "--side=32",
            "--rounds=1",
            "--warm-ups=1",
            "--work=" + work,
            "--out=" + results);

    assertThat(code).isZero();
    List<String> rows =
        Files.readString(results).lines().filter(line -> line.matches("\\| (JPEG|RLE).*")).toList();
    assertThat(rows)
        .hasSize(10)
        .allMatch(row -> row.chars().filter(one -> one == '|').count() == 9);
    String programs = "dcmcjpls|dcmcrle|dcmcjpeg|opj_compress";
    assertThat(rows)
        .filteredOn(row -> !row.contains("library isn't installed"))
        .allMatch(row ->
            row.matches(
                "\\| .* \\| [0-9.]+ \\| \\d+ \\| `(%s)` (\\d+ \\| [0-9.]+|isn't installed \\|) \\| .*"
                    .formatted(programs)));
    if (CodecTool.isInstalled("dcmcrle")) {
      assertThat(rows).filteredOn(row -> row.startsWith("| RLE")).noneMatch(this::isMissing);
    }
    try (Stream<Path> left = Files.list(work)) {
      assertThat(left).isEmpty();
    }
  }

  private boolean isMissing(String row) {
    return row.contains("isn't installed");
  }

  @Test
  void givenATool_whenItsTimeIsTakenOff_thenSomethingIsLeft() {
    assertThat(CodecTool.less(3, 1)).isEqualTo(2);
    assertThat(CodecTool.less(1, 3)).isEqualTo(0.001);
    assertThat(CodecTool.isInstalled("no-such-program")).isFalse();
  }
}
