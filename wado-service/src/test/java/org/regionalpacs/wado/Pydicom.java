package org.regionalpacs.wado;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.regionalpacs.test.ExternalTool;

/** Runs {@code src/test/python/stow.py}; skips the test visibly where pydicom is absent. */
final class Pydicom {
  private static final Path PYTHON = Path.of("/usr/bin/python3");

  private Pydicom() {}

  /** Lines that differ between pairs of files: original, stored, original, stored... */
  static String compare(List<Path> pairs) {
    return run("compare", pairs);
  }

  /** Splits objects into metadata and bulk data. */
  static void split(Path folder, List<Path> files) {
    List<Path> arguments = new ArrayList<>(List.of(folder));
    arguments.addAll(files);
    String printed = run("split", arguments);
    if (!printed.isEmpty()) {
      throw new AssertionError(printed);
    }
  }

  private static String run(String command, List<Path> arguments) {
    Assumptions.assumeTrue(Files.isExecutable(PYTHON), "no " + PYTHON);
    ExternalTool env = ExternalTool.named("env").within(Duration.ofMinutes(2));
    int there = env.run(PYTHON, "-c", "import pydicom").code();
    Assumptions.assumeTrue(there == 0, "python3-pydicom isn't installed (see .ci/run)");
    List<Object> line = new ArrayList<>(List.of(PYTHON, "src/test/python/stow.py", command));
    line.addAll(arguments);
    return env.run(line.toArray()).output();
  }
}
