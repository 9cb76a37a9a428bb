package org.regionalpacs.standalone;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which Kafka is meant: that of the product on the data folder, or one by its address. */
final class KafkaOption {
  @Mixin DataOption data;

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT,...",
      description = "A Kafka elsewhere (default: that of the product on the data folder).")
  String bootstrap;

  /** The address; complains when there is none. */
  String address() {
    return bootstrap == null ? Ports.LOOPBACK + ":" + data.running().kafka() : bootstrap;
  }
}
