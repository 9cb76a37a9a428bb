package org.regionalpacs.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.net.ProposedContext;
import org.regionalpacs.dicom.net.RemoteAe;
import org.regionalpacs.dicom.net.ScuOptions;
import org.regionalpacs.dicom.net.StoreScu;

/** A C-STORE SCP in a process of its own, with the folder it writes to. */
final class Receiver implements AutoCloseable {
  static final String AE = "ARCHIVE";

  private static final int START_SECONDS = 20;

  private final String name;
  private final Path folder;
  private final Process process;
  private final int port;

  private Receiver(String name, Path folder, Process process, int port) {
    this.name = name;
    this.folder = folder;
    this.process = process;
    this.port = port;
  }

  /**
   * Ours, in a JVM with the product's options.
   *
   * @param options further ones, for a profiler say
   */
  static Receiver ofPacs(String name, Path work, Keeping.Care care, Collection<String> options)
      throws IOException {
    Path folder = Files.createTempDirectory(work, "pacs-");
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-XX:+UseSerialGC", "-Xms64m", "-Xmx512m"));
    line.addAll(options);
    line.addAll(List.of("-cp", System.getProperty("java.class.path")));
    line.addAll(List.of(PacsReceiver.class.getName(), folder.toString(), care.name()));
    Process process =
        new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try {
      return new Receiver(name, folder, process, portOf(process));
    } catch (IOException | RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private static int portOf(Process process) throws IOException {
    // Not closed: it lives as long as the process.
    var out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    String line;
    while ((line = out.readLine()) != null) {
      if (line.startsWith(PacsReceiver.PORT)) {
        return Integer.parseInt(line.substring(PacsReceiver.PORT.length()));
      }
    }
    throw new IOException("the receiver ended at its start");
  }

  /**
   * DCMTK's storescp as the issue names it: {@code +B --fork}, TCP_NODELAY=1.
   *
   * @param options further ones
   */
  static Receiver ofDcmtk(String name, Path work, String... options) throws IOException {
    Path folder = Files.createTempDirectory(work, "dcmtk-");
    int port = freePort();
    List<String> line = new ArrayList<>(List.of("storescp", "+B", "--fork", "-aet", AE));
    line.addAll(List.of(options));
    line.addAll(List.of("-od", folder.toString(), Integer.toString(port)));
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("TCP_NODELAY", "1");
    Receiver receiver = new Receiver(name, folder, builder.start(), port);
    try {
      receiver.awaitEcho();
      return receiver;
    } catch (IOException e) {
      receiver.close();
      throw e;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return any.getLocalPort();
    }
  }

  private void awaitEcho() throws IOException {
    long deadline = System.nanoTime() + START_SECONDS * 1_000_000_000L;
    var verification = List.of(ProposedContext.of(UID.Verification, UID.ImplicitVRLittleEndian));
    while (true) {
      try (StoreScu scu = StoreScu.open(remote(), "BENCH", verification, ScuOptions.DEFAULT)) {
        scu.echo();
        return;
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          throw new IOException(name + " doesn't start: " + e.getMessage(), e);
        }
        Thread.onSpinWait();
      }
    }
  }

  String name() {
    return name;
  }

  RemoteAe remote() {
    return new RemoteAe(AE, "127.0.0.1", port);
  }

  /**
   * Removes what was received, so that each round starts alike.
   *
   * @return how many bytes it was
   * @throws IOException when it wasn't so many files
   */
  long clear(int expected) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.list(folder)) {
      files = found.toList();
    }
    if (files.size() != expected) {
      throw new IOException(
          "%s has %d files, %d were sent".formatted(name, files.size(), expected));
    }
    long bytes = 0;
    for (Path file : files) {
      bytes += Files.size(file);
      Files.delete(file);
    }
    return bytes;
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    process.onExit().join();
    try (Stream<Path> left = Files.list(folder)) {
      for (Path file : left.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
