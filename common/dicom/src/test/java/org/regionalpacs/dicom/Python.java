package org.regionalpacs.dicom;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs the scripts of src/test/python, which ask pydicom. */
public final class Python {
  private static final Path PYTHON = Path.of("/usr/bin/python3");

  private Python() {}

  /** Lines that a script prints for the files; skips the test visibly where pydicom is absent. */
  public static List<String> run(String script, List<Path> files) throws IOException {
    assumeTrue(
        Files.isExecutable(PYTHON)
            && TestFiles.run(List.of(PYTHON.toString(), "-c", "import pydicom")).status() == 0,
        "skipped: python3-pydicom is not installed");
    Path list = Files.createTempFile("files", ".txt");
    try {
      Files.write(list, files.stream().map(Path::toString).toList());
      Process process =
          new ProcessBuilder(PYTHON.toString(), "src/test/python/" + script)
              .redirectInput(list.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      byte[] printed = process.getInputStream().readAllBytes();
      return new String(printed, StandardCharsets.UTF_8).lines().toList();
    } finally {
      Files.delete(list);
    }
  }
}
