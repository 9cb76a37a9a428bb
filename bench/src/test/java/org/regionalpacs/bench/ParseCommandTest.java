package org.regionalpacs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParseCommandTest {
  @TempDir Path work;

  @Test
  void givenASmallRun_whenMeasured_thenEveryReaderHasARateForBothExtents() throws IOException {
    Tools.assumeInstalled("dcmdump");
    Tools.assumePydicom();
    Path results = work.resolve("parse.md");
    int code =
        Bench.execute(
            "parse",
            "--images=3",
            "--rounds=1",
            "--warm-ups=1",
            "--work=" + work,
            "--out=" + results);
    assertThat(code).isZero();
    String text = Files.readString(results);
    assertThat(text.lines().filter(line -> line.matches("\\| DicomInputStream \\| \\d+ \\| .*")))
        .hasSize(2);
    assertThat(text.lines().filter(line -> line.matches("\\| pydicom \\| .* times as fast \\|")))
        .hasSize(2);
    assertThat(text.lines().filter(line -> line.matches("\\| dcmdump .* times as fast \\|")))
        .hasSize(2);
  }

  @Test
  void givenAFileThatIsNoDicom_whenMeasured_thenItFails() throws IOException {
    Path files = Files.createDirectory(work.resolve("files"));
    Files.writeString(files.resolve("text.dcm"), "no DICOM");
    assertThat(Bench.execute("parse", "--images=1", "--files=" + files, "--work=" + work))
        .isEqualTo(1);
  }
}
