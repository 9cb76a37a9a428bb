package org.regionalpacs.standalone;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The product on a data folder and ports of its own, for as long as a test class needs it. */
final class RunningProduct implements AutoCloseable {
  private final Path data;
  private final List<String> options;
  private final PacsProcess process;
  private final DicomWeb dicomWeb;

  private RunningProduct(Path data, List<String> options, PacsProcess process) {
    this.data = data;
    this.options = options;
    this.process = process;
    this.dicomWeb = new DicomWeb(httpPort());
  }

  /**
   * @param options of {@code ./pacs up} beside the folder and the ports
   */
  static RunningProduct up(Path data, String... options) throws IOException {
    List<String> own = new ArrayList<>(PacsProcess.freePorts());
    own.addAll(List.of(options));
    List<Object> line = new ArrayList<>(List.of("up", "--data", data));
    line.addAll(own);
    PacsProcess process = PacsProcess.start(line.toArray());
    try {
      process.awaitOutput(PacsProcess.READY);
    } catch (RuntimeException e) {
      // Or the next class starts another one beside it.
      process.process().destroyForcibly();
      throw e;
    }
    return new RunningProduct(data, own, process);
  }

  PacsProcess process() {
    return process;
  }

  /** Ends the launcher as {@code kill -9} does. */
  void kill() throws Exception {
    process.process().destroyForcibly();
    process.exitCode();
  }

  int httpPort() {
    return port("--http-port=");
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

  /** Its default tenant's. */
  DicomWeb dicomWeb() {
    return dicomWeb;
  }

  DicomWeb dicomWebOf(String tenant) {
    return DicomWeb.ofTenant(tenant, httpPort());
  }

  private int port(String option) {
    return options.stream()
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
