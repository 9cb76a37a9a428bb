package org.regionalpacs.dicom;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Runs a main class of the tests in a JVM of its own, whose limits and crashes are its own. */
public final class ChildJvm {
  private ChildJvm() {}

  /** What it printed, both streams together. */
  public record Result(int status, String output) {}

  /** Runs it to its end, or kills it after the given time. */
  public static Result run(
      Duration limit, List<String> options, String main, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    // The dozens of libraries of the tests would make it start slowly.
    command.addAll(List.of("-cp", classPath(), main));
    command.addAll(arguments);
    Path output = java.nio.file.Files.createTempFile("child", ".log");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      process.destroyForcibly();
      String text = java.nio.file.Files.readString(output, StandardCharsets.ISO_8859_1);
      return new Result(ended ? process.exitValue() : -1, text);
    } finally {
      java.nio.file.Files.delete(output);
    }
  }

  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(
            entry -> entry.matches(".*(classes/?|(jazzer|slf4j|jackson|junit|opentest4j)[^/]*jar)"))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
