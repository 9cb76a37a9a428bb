package org.regionalpacs.test;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A program of another project that serves as an oracle: DCMTK's, dicom3tools'. A test that asks
 * for one is reported as skipped where it isn't installed.
 */
public final class ExternalTool {
  private static final Duration DEFAULT_LIMIT = Duration.ofMinutes(3);

  private final Path program;
  private final Duration limit;

  private ExternalTool(Path program, Duration limit) {
    this.program = program;
    this.limit = limit;
  }

  /**
   * How a program ended.
   *
   * @param code exit status
   * @param output standard output and error
   */
  public record Outcome(int code, String output) {}

  /** The program of that name on the PATH; skips the test if there is none. */
  public static ExternalTool named(String name) {
    Optional<Path> program = find(name);
    Assumptions.assumeTrue(program.isPresent(), name + " isn't installed (see .ci/run)");
    return new ExternalTool(program.orElseThrow(), DEFAULT_LIMIT);
  }

  /** Whether there is a program of that name on the PATH. */
  public static boolean installed(String name) {
    return find(name).isPresent();
  }

  /** The same with another limit of time. */
  public ExternalTool within(Duration limit) {
    return new ExternalTool(program, limit);
  }

  /** Runs it; fails when it takes longer than the limit. */
  public Outcome run(Object... arguments) {
    List<String> line = new ArrayList<>(List.of(program.toString()));
    Arrays.stream(arguments).map(String::valueOf).forEach(line::add);
    try {
      Process process =
          new ProcessBuilder(line)
              .redirectErrorStream(true)
              .redirectInput(new File("/dev/null"))
              .start();
      CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> read(process));
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(line + " still ran after " + limit + ": " + output.join());
      }
      return new Outcome(process.exitValue(), output.join());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String read(Process process) {
    try {
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Path> find(String name) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
