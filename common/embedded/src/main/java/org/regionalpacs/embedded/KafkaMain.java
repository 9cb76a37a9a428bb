package org.regionalpacs.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import kafka.tools.StorageTool;

/** What the broker's JVM runs: formats the folder the first time, then is {@code kafka.Kafka}. */
final class KafkaMain {
  private KafkaMain() {}

  /**
   * @param args the properties file, the file with the cluster id
   */
  public static void main(String[] args) throws Exception {
    String properties = args[0];
    String clusterId = Files.readString(Path.of(args[1])).strip();
    String[] format = {"format", "--ignore-formatted", "-t", clusterId, "-c", properties};
    int code = StorageTool.execute(format, System.out);
    if (code != 0) {
      System.exit(code);
    }
    kafka.Kafka.main(new String[] {properties});
  }
}
