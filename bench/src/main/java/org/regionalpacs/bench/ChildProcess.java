package org.regionalpacs.bench;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A program that is measured; it and what it started end with this JVM, however that ends. */
final class ChildProcess implements AutoCloseable {
  private static final int STOP_SECONDS = 90;
  private static final int LINES_OF_LOG = 20;
  private static final Set<ChildProcess> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(ChildProcess::close)));
  }

  private final String name;
  private final Process process;
  private final Path log;

  private ChildProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /** Says whether something has begun to answer. */
  interface Probe {
    boolean answers() throws IOException;
  }

  /**
   * Starts one.
   *
   * @param environment added to that of this process
   * @param log gets its output
   */
  static ChildProcess start(
      String name, List<String> line, Map<String, String> environment, Path log)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    ChildProcess child = new ChildProcess(name, builder.start(), log);
    RUNNING.add(child);
    return child;
  }

  long pid() {
    return process.pid();
  }

  /**
   * Waits until it answers.
   *
   * @throws IOException with the end of its output, when it ends or the limit passes before
   */
  void await(Probe probe, Duration limit) throws IOException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!answers(probe)) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new IOException(name + " doesn't start:\n" + tail());
      }
      Pause.millis(100);
    }
  }

  /**
   * Waits until it has ended.
   *
   * @return its output
   * @throws IOException with the end of its output, when it fails or the limit passes before
   */
  String finish(Duration limit) throws IOException {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("%s still runs after %s:%n%s".formatted(name, limit, tail()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
    if (process.exitValue() != 0) {
      throw new IOException("%s failed:%n%s".formatted(name, tail()));
    }
    return Files.readString(log);
  }

  private static boolean answers(Probe probe) {
    try {
      return probe.answers();
    } catch (IOException e) {
      return false;
    }
  }

  private String tail() throws IOException {
    List<String> lines = Files.readAllLines(log);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_OF_LOG), lines.size()));
  }

  /** Ends it in peace, else by force; waits until it has ended. */
  @Override
  public void close() {
    List<ProcessHandle> others = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    others.forEach(ProcessHandle::destroyForcibly);
    RUNNING.remove(this);
  }
}
