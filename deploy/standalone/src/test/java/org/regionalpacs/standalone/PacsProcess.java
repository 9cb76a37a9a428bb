package org.regionalpacs.standalone;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** {@code ./pacs} as a user runs it: a process of its own, seen by its output and exit code. */
final class PacsProcess {
  /** What {@code up} says last when everything runs. */
  static final String READY = "Stop  Ctrl-C";

  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final Process process;
  private final Path newArchive;
  private final StringBuffer output = new StringBuffer();
  private final Thread reader;
  private final EndWatch watch;

  private PacsProcess(Process process, Path newArchive) throws IOException {
    this.process = process;
    this.newArchive = newArchive;
    this.watch = EndWatch.over(process.toHandle());
    // Not a virtual one: it would hold a carrier for as long as the process runs.
    this.reader = Thread.ofPlatform().daemon().start(this::read);
  }

  static PacsProcess start(Object... arguments) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    line.addAll(List.of("--enable-native-access=ALL-UNNAMED"));
    ProductJars jars = ProductJars.ofThisBuild();
    line.add("-Xlog:cds*=off,aot*=off");
    line.add("-Dpacs.archive.kafka=" + jars.kafkaArchive());
    Path newArchive =
        jars.archive()
            .resolveSibling(
                "classes-" + COUNT.incrementAndGet() + "-" + ProcessHandle.current().pid());
    if (Files.exists(jars.archive())) {
      line.add("-XX:SharedArchiveFile=" + jars.archive());
    } else if (isWholeProduct(arguments)) {
      line.add("-XX:ArchiveClassesAtExit=" + newArchive);
    }
    line.addAll(List.of("-cp", jars.classPath(), Pacs.class.getName()));
    Arrays.stream(arguments).map(String::valueOf).forEach(line::add);
    return new PacsProcess(new ProcessBuilder(line).redirectErrorStream(true).start(), newArchive);
  }

  /** In whose JVM all of its classes are loaded. */
  private static boolean isWholeProduct(Object... arguments) {
    List<Object> all = List.of(arguments);
    return all.getFirst().equals("up") && !all.contains("--separate") && !all.contains("--detach");
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
    watch.close();
    reader.join(LIMIT);
    keepArchive();
    return process.exitValue();
  }

  private void keepArchive() {
    try {
      // One that never got ready knows few classes.
      if (Files.exists(newArchive) && output().contains(READY)) {
        Files.move(newArchive, ProductJars.ofThisBuild().archive(), StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

  /** How often it has said so by now. */
  int said(String text) {
    return output.toString().split(Pattern.quote(text), -1).length - 1;
  }

  Process process() {
    return process;
  }

  private void read() {
    try (BufferedReader lines = process.inputReader()) {
      lines.lines().forEach(line -> output.append(line).append('\n'));
    } catch (IOException | UncheckedIOException e) {
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
    for (int port = PortBlock.first(); port + count <= PortBlock.end(); port++) {
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
