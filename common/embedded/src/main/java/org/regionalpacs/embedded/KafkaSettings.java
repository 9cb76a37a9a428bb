package org.regionalpacs.embedded;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How to run Kafka.
 *
 * @param dir its folder; {@code data} in it holds the topics, kept from run to run
 * @param log file of its messages
 * @param address interface to listen on, which is also the one advertised
 * @param port TCP port of the broker, 0 for a free one
 * @param controllerPort TCP port of the controller, 0 for a free one
 * @param heap the broker JVM's heap, such as {@code 256m}
 * @param archive where the broker's JVM keeps its loaded classes for the next one of the same class
 *     path, which then starts with half the CPU time; of use where that path has jars only
 */
public record KafkaSettings(
    Path dir,
    Path log,
    String address,
    int port,
    int controllerPort,
    String heap,
    Optional<Path> archive) {

  /** On loopback, on free ports. */
  public static KafkaSettings in(Path dir) {
    return new KafkaSettings(
        dir, dir.resolve("kafka.log"), "127.0.0.1", 0, 0, "256m", Optional.empty());
  }

  public KafkaSettings ports(int port, int controllerPort) {
    return new KafkaSettings(dir, log, address, port, controllerPort, heap, archive);
  }

  public KafkaSettings log(Path log) {
    return new KafkaSettings(dir, log, address, port, controllerPort, heap, archive);
  }

  public KafkaSettings archive(Path archive) {
    return new KafkaSettings(dir, log, address, port, controllerPort, heap, Optional.of(archive));
  }
}
