package org.regionalpacs.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.net.ProposedContext;
import org.regionalpacs.dicom.net.RemoteAe;
import org.regionalpacs.dicom.net.ScuOptions;
import org.regionalpacs.dicom.net.StoreScu;

/** A C-STORE SCP in a process of its own, with the folder it writes to. */
final class Receiver implements AutoCloseable {
  static final String AE = "ARCHIVE";

  private static final Duration START = Duration.ofSeconds(20);

  private final String name;
  private final Path folder;
  private final ChildProcess process;
  private final int port;

  private Receiver(String name, Path folder, ChildProcess process, int port) {
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
    int port = LoopbackPorts.free();
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-XX:+UseSerialGC", "-Xms64m", "-Xmx512m"));
    line.addAll(options);
    line.addAll(List.of("-cp", System.getProperty("java.class.path")));
    line.addAll(List.of(PacsReceiver.class.getName(), Integer.toString(port)));
    line.addAll(List.of(folder.toString(), care.name()));
    return start(name, folder, line, port);
  }

  /**
   * DCMTK's storescp as the issue names it: {@code +B --fork}, TCP_NODELAY=1. It can't be told to
   * listen on the loopback only.
   *
   * @param options further ones
   */
  static Receiver ofDcmtk(String name, Path work, String... options) throws IOException {
    Path folder = Files.createTempDirectory(work, "dcmtk-");
    int port = LoopbackPorts.free();
    List<String> line = new ArrayList<>(List.of("storescp", "+B", "--fork", "-aet", AE));
    line.addAll(List.of(options));
    line.addAll(List.of("-od", folder.toString(), Integer.toString(port)));
    return start(name, folder, line, port);
  }

  private static Receiver start(String name, Path folder, List<String> line, int port)
      throws IOException {
    // Beside the folder, whose files are counted.
    Path log = folder.resolveSibling(folder.getFileName() + ".log");
    ChildProcess process = ChildProcess.start(name, line, Map.of("TCP_NODELAY", "1"), log);
    Receiver receiver = new Receiver(name, folder, process, port);
    try {
      process.await(receiver::echoes, START);
      return receiver;
    } catch (IOException e) {
      receiver.close();
      throw e;
    }
  }

  private boolean echoes() throws IOException {
    var verification = List.of(ProposedContext.of(UID.Verification, UID.ImplicitVRLittleEndian));
    try (StoreScu scu = StoreScu.open(remote(), "BENCH", verification, ScuOptions.DEFAULT)) {
      scu.echo();
      return true;
    }
  }

  String name() {
    return name;
  }

  long pid() {
    return process.pid();
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
    process.close();
    try (Stream<Path> left = Files.list(folder)) {
      for (Path file : left.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
