package org.regionalpacs.standalone;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The product on a data folder and ports of its own, for as long as a test class needs it. */
final class RunningProduct implements AutoCloseable {
  private final Path data;
  private final List<String> ports;
  private PacsProcess process;

  private RunningProduct(Path data, List<String> ports) {
    this.data = data;
    this.ports = ports;
  }

  static RunningProduct up(Path data) throws IOException {
    RunningProduct product = new RunningProduct(data, PacsProcess.freePorts());
    product.start();
    return product;
  }

  private void start() throws IOException {
    List<Object> line = new ArrayList<>(List.of("up", "--data", data));
    line.addAll(ports);
    process = PacsProcess.start(line.toArray()).awaitOutput("Stop  Ctrl-C");
  }

  /** Stops it and starts it on the same data. */
  void restart() throws Exception {
    close();
    start();
  }

  Path data() {
    return data;
  }

  int dicomPort() {
    return port("--dicom-port=");
  }

  /** The first of four, in the order of {@link Service}. */
  int healthPort() {
    return port("--health-port=");
  }

  /** Address of its Kafka. */
  String kafka() {
    return "127.0.0.1:" + port("--kafka-port=");
  }

  DicomWeb dicomWeb() {
    return new DicomWeb(port("--http-port="));
  }

  private int port(String option) {
    return ports.stream()
        .filter(each -> each.startsWith(option))
        .map(each -> Integer.parseInt(each.substring(option.length())))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() throws Exception {
    process.process().destroy();
    process.exitCode();
  }
}
