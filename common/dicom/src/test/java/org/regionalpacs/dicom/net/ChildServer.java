package org.regionalpacs.dicom.net;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A {@link MemoryServer} in a child JVM. */
final class ChildServer implements AutoCloseable {
  private static final long KIB = 1024;

  private final Process process;
  private final BufferedReader answers;
  private final int port;

  /**
   * @param maxAssociations how many it serves at a time
   * @param heap as in -Xmx
   */
  ChildServer(int maxAssociations, String heap) throws IOException {
    this.process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-Xmx" + heap,
                "-cp",
                System.getProperty("java.class.path"),
                MemoryServer.class.getName(),
                Integer.toString(maxAssociations))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    this.answers =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    this.port = (int) answer();
  }

  RemoteAe remote() {
    return new RemoteAe(StoringServer.AE, "127.0.0.1", port);
  }

  /** Associations that stand. */
  long associations() {
    return ask("associations");
  }

  /** C-STOREs whose data set is being received. */
  long open() {
    return ask("open");
  }

  /** Bytes of data sets received since the start. */
  long received() {
    return ask("received");
  }

  /** Bytes of its live objects. */
  long heap() {
    return ask("heap");
  }

  /** Bytes of memory the whole process occupies (proc_pid_status(5), VmRSS). */
  long resident() throws IOException {
    try (Stream<String> status = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      String line = status.filter(each -> each.startsWith("VmRSS:")).findFirst().orElseThrow();
      return Long.parseLong(line.replaceAll("\\D", "")) * KIB;
    }
  }

  private synchronized long ask(String question) {
    try {
      process.getOutputStream().write((question + "\n").getBytes(StandardCharsets.US_ASCII));
      process.getOutputStream().flush();
      return answer();
    } catch (IOException e) {
      throw new AssertionError("the server is gone", e);
    }
  }

  private long answer() throws IOException {
    String line;
    while ((line = answers.readLine()) != null) {
      if (line.startsWith(MemoryServer.ANSWER)) {
        return Long.parseLong(line.substring(MemoryServer.ANSWER.length()));
      }
    }
    throw new AssertionError("the server is gone");
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
