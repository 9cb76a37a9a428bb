package org.regionalpacs.dicom;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The public sample files beside the repository, and the tools they are compared with. */
public final class TestFiles {
  private TestFiles() {}

  /** The folder, or a visibly skipped test where it is absent. */
  public static Path root() {
    String named = System.getProperty("pacs.testdata", System.getenv("PACS_TESTDATA"));
    Path folder = named == null ? besideRepository() : Path.of(named);
    assumeTrue(Files.isDirectory(folder), "skipped: there is no folder " + folder);
    return folder;
  }

  private static Path besideRepository() {
    Path at = Path.of("").toAbsolutePath();
    while (at.getParent() != null && !Files.exists(at.resolve("pacs"))) {
      at = at.getParent();
    }
    return at.resolveSibling("shared").resolve("testdata");
  }

  /** All objects, the broken ones included. */
  public static List<Path> all() {
    try (Stream<Path> files = Files.walk(root())) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.toString().matches(".*\\.(tsv|md|raw)|.*SHA256SUMS"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a tool prints. */
  public record Output(int status, byte[] stdout) {}

  /** Runs a tool, or skips the test visibly where it isn't installed. */
  public static Output run(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .start();
      byte[] stdout = process.getInputStream().readAllBytes();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException(command.getFirst() + " doesn't end");
      }
      return new Output(process.exitValue(), stdout);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Skips the test visibly where a tool isn't installed. */
  public static void assumeInstalled(String tool) {
    boolean found =
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    assumeTrue(found, "skipped: " + tool + " is not installed");
  }
}
