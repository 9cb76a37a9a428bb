package org.regionalpacs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CstoreCommandTest {
  @TempDir Path work;

  @Test
  void givenASmallRun_whenMeasured_thenEveryReceiverHasARateAndNothingIsLeft() throws IOException {
    Tools.assumeInstalled("storescp");
    Path results = work.resolve("cstore.md");
    int code =
        Bench.execute(
            "cstore",
            "--images=3",
            "--rounds=2",
            "--warm-ups=1",
            "--associations=1,2",
            "--work=" + work,
            "--out=" + results);
    assertThat(code).isZero();
    String text = Files.readString(results);
    for (String sender : List.of("StoreScu", "storescu")) {
      assertThat(text)
          .contains("## 1 association, sent by " + sender, "## 2 associations, sent by " + sender);
    }
    assertThat(text.lines().filter(line -> line.matches("\\| DicomServer \\| \\d+ \\| .*")))
        .hasSize(4);
    assertThat(text.lines().filter(line -> line.matches("\\| storescp \\| .* times as fast \\|")))
        .hasSize(4);
    assertThat(text).contains("dcmtk: storescp", "processors");
    try (Stream<Path> left = Files.list(work)) {
      assertThat(left).containsExactly(results);
    }
  }

  @Test
  void givenFewerFilesThanNeeded_whenMeasured_thenItFails() throws IOException {
    Path files = work.resolve("files");
    new CtSeries(1).write(files, 2);
    assertThat(Bench.execute("cstore", "--images=3", "--files=" + files, "--work=" + work))
        .isEqualTo(1);
  }
}
