package org.regionalpacs.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.regionalpacs.test.fastdfs.FakeFastDfs;

/**
 * What speaks FastDFS's protocol where no cluster is given: one tracker, one group of one storage,
 * in a process of its own, so that client and server don't share a heap.
 */
final class FastDfsProcess implements AutoCloseable {
  private static final String TRACKERS = "trackers ";

  private final Process process;
  private final String trackers;

  private FastDfsProcess(Process process, String trackers) {
    this.process = process;
    this.trackers = trackers;
  }

  /**
   * @param args folder of the storage
   */
  public static void main(String[] args) throws IOException {
    try (FakeFastDfs cluster = FakeFastDfs.start(Path.of(args[0]), 1, 1)) {
      System.out.println(TRACKERS + cluster.trackers());
      while (System.in.read() >= 0) {
        // Whoever started this holds the other end, and says nothing.
      }
    }
  }

  static FastDfsProcess start(Path folder) throws IOException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "-Xmx512m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    FastDfsProcess.class.getName(),
                    folder.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      return new FastDfsProcess(process, trackersOf(process));
    } catch (IOException | RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private static String trackersOf(Process process) throws IOException {
    // Not closed: it lives as long as the process.
    var out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    String line;
    while ((line = out.readLine()) != null) {
      if (line.startsWith(TRACKERS)) {
        return line.substring(TRACKERS.length());
      }
    }
    throw new IOException("the cluster ended at its start");
  }

  String trackers() {
    return trackers;
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.destroy();
    process.onExit().join();
  }
}
