package org.regionalpacs.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process with an environment of its own, in place of a container; it ends with this JVM. */
final class ContainerProcess implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(40);

  private final Process process;
  private final EndWatch watch;
  private final Path log;

  private ContainerProcess(Process process, Path log) throws IOException {
    this.process = process;
    this.watch = EndWatch.over(process.toHandle());
    this.log = log;
  }

  /**
   * Starts it.
   *
   * @param folder its working folder; its output goes to {@code log} there
   * @param environment all that it has, beside PATH
   */
  static ContainerProcess start(Path folder, Map<String, String> environment, List<String> line)
      throws IOException {
    Path log = Files.createDirectories(folder).resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    String path = System.getenv("PATH");
    builder.environment().clear();
    builder.environment().put("PATH", path);
    builder.environment().putAll(environment);
    return new ContainerProcess(builder.start(), log);
  }

  boolean alive() {
    return process.isAlive();
  }

  /** Waits for its end. */
  int exitCode(Duration limit) throws InterruptedException {
    if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
      kill();
      throw new IllegalStateException("not ended after " + limit + ": " + output());
    }
    watch.close();
    return process.exitValue();
  }

  /** All it has said. */
  String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Ends it as {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
    watch.close();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS)) {
      kill();
    }
    watch.close();
  }
}
