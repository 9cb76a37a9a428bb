package org.regionalpacs.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A test that needs a program is skipped where it isn't installed. */
final class Tools {
  private Tools() {}

  static void assumeInstalled(String program) {
    boolean found =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    Assumptions.assumeTrue(found, program + " isn't installed");
  }

  static void assumePydicom() throws IOException {
    String python = "/usr/bin/python3";
    Assumptions.assumeTrue(Files.isExecutable(Path.of(python)), "Python isn't installed");
    Process process =
        new ProcessBuilder(python, "-c", "import pydicom")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Assumptions.assumeTrue(process.onExit().join().exitValue() == 0, "pydicom isn't installed");
  }
}
