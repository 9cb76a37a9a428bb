package org.regionalpacs.standalone;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** {@code ./pacs} as a user runs it: a process of its own, seen by its output and exit code. */
final class PacsProcess {
  private static final Duration LIMIT = Duration.ofSeconds(240);

  private final Process process;
  private final StringBuffer output = new StringBuffer();
  private final Thread reader;

  private PacsProcess(Process process) {
    this.process = process;
    this.reader = Thread.ofVirtual().start(this::read);
  }

  static PacsProcess start(Object... arguments) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    line.addAll(List.of("--enable-native-access=ALL-UNNAMED"));
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), Pacs.class.getName()));
    Arrays.stream(arguments).map(String::valueOf).forEach(line::add);
    return new PacsProcess(new ProcessBuilder(line).redirectErrorStream(true).start());
  }

  /** Runs a command to its end. */
  static PacsProcess run(Object... arguments) throws Exception {
    PacsProcess started = start(arguments);
    started.exitCode();
    return started;
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("still runs: " + output);
    }
    reader.join(LIMIT);
    return process.exitValue();
  }

  String output() {
    return output.toString();
  }

  PacsProcess awaitOutput(String text) {
    await()
        .atMost(LIMIT)
        .failFast(() -> {
          if (!process.isAlive() && !output.toString().contains(text)) {
            throw new AssertionError("ended without '" + text + "': " + output);
          }
        })
        .until(() -> output.toString().contains(text));
    return this;
  }

  Process process() {
    return process;
  }

  private void read() {
    try (BufferedReader lines = process.inputReader()) {
      lines.lines().forEach(line -> output.append(line).append('\n'));
    } catch (IOException | java.io.UncheckedIOException e) {
      output.append(e);
    }
  }

  /** Options for {@code up} that put it on free ports. */
  static List<String> freePorts() throws IOException {
    Set<Integer> taken = new HashSet<>();
    return List.of(
        "--http-port=" + freePort(taken, 1),
        "--dicom-port=" + freePort(taken, 1),
        "--health-port=" + freePort(taken, 4),
        "--postgresql-port=" + freePort(taken, 1),
        "--kafka-port=" + freePort(taken, 2),
        "--redis-port=" + freePort(taken, 1));
  }

  /** The first of so many free ports in a row, below those that the system gives to clients. */
  private static int freePort(Set<Integer> taken, int count) throws IOException {
    int first = 20_000 + (int) (ProcessHandle.current().pid() % 1000) * 10;
    for (int port = first; port < 32_000; port++) {
      boolean free = true;
      for (int i = 0; i < count && free; i++) {
        free = !taken.contains(port + i) && isFree(port + i);
      }
      if (free) {
        for (int i = 0; i < count; i++) {
          taken.add(port + i);
        }
        return port;
      }
    }
    throw new IOException("no free ports");
  }

  /** A port that nothing listens on right now. */
  static int anyFreePort() throws IOException {
    return freePort(new HashSet<>(), 1);
  }

  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
