package org.regionalpacs.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** Where everything listens. Only DICOM and DICOMweb are for others; the rest stays on loopback. */
final class Ports {
  static final String LOOPBACK = "127.0.0.1";

  private static final int ATTEMPTS = 20;

  @Option(
      names = "--bind",
      paramLabel = "ADDR",
      defaultValue = LOOPBACK,
      description = "Address that DICOM and DICOMweb listen on (default: ${DEFAULT-VALUE}).")
  String bind = LOOPBACK;

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "DICOMweb (default: ${DEFAULT-VALUE}).")
  int http = 8080;

  @Option(
      names = "--dicom-port",
      paramLabel = "PORT",
      defaultValue = "11112",
      description = "DICOM (default: ${DEFAULT-VALUE}).")
  int dicom = 11112;

  @Option(
      names = "--health-port",
      paramLabel = "PORT",
      defaultValue = "9080",
      description =
          "Health and metrics: this port and the next three, a port a service"
              + " (default: ${DEFAULT-VALUE}).")
  int health = 9080;

  @Option(
      names = "--postgresql-port",
      paramLabel = "PORT",
      defaultValue = "15432",
      description = "PostgreSQL (default: ${DEFAULT-VALUE}).")
  int postgresql = 15432;

  @Option(
      names = "--kafka-port",
      paramLabel = "PORT",
      defaultValue = "19092",
      description = "Kafka: this port and the next (default: ${DEFAULT-VALUE}).")
  int kafka = 19092;

  @Option(
      names = "--redis-port",
      paramLabel = "PORT",
      defaultValue = "16379",
      description = "Redis (default: ${DEFAULT-VALUE}).")
  int redis = 16379;

  private record Use(String address, int port, String what, String option) {}

  private List<Use> uses() {
    return List.of(
        new Use(bind, dicom, "DICOM", "--dicom-port"),
        new Use(bind, http, "DICOMweb", "--http-port"),
        new Use(LOOPBACK, health, "health of wado", "--health-port"),
        new Use(LOOPBACK, health + 1, "health of storescp", "--health-port"),
        new Use(LOOPBACK, health + 2, "health of consumer", "--health-port"),
        new Use(LOOPBACK, health + 3, "health of webworker", "--health-port"),
        new Use(LOOPBACK, postgresql, "PostgreSQL", "--postgresql-port"),
        new Use(LOOPBACK, kafka, "Kafka", "--kafka-port"),
        new Use(LOOPBACK, kafka + 1, "Kafka's controller", "--kafka-port"),
        new Use(LOOPBACK, redis, "Redis", "--redis-port"));
  }

  /** Those that a running product has told. */
  static Ports of(RunState state) {
    Ports ports = new Ports();
    ports.bind = state.address();
    ports.http = state.http();
    ports.dicom = state.dicom();
    ports.health = state.health();
    ports.postgresql = state.postgresql();
    ports.kafka = state.kafka();
    ports.redis = state.redis();
    return ports;
  }

  /** Free ports for PostgreSQL and Kafka, where nobody else is to find them. */
  static Ports ofNobody() throws IOException {
    Ports ports = new Ports();
    try (ServerSocket postgresql = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK))) {
      ports.postgresql = postgresql.getLocalPort();
      ports.kafka = freePair();
    }
    return ports;
  }

  private static int freePair() throws IOException {
    for (int attempt = 1; ; attempt++) {
      try (ServerSocket first = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK));
          ServerSocket second =
              new ServerSocket(first.getLocalPort() + 1, 1, InetAddress.getByName(LOOPBACK))) {
        return second.getLocalPort() - 1;
      } catch (IOException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** The same as options of the command line. */
  List<String> arguments() {
    return List.of(
        "--bind=" + bind,
        "--http-port=" + http,
        "--dicom-port=" + dicom,
        "--health-port=" + health,
        "--postgresql-port=" + postgresql,
        "--kafka-port=" + kafka,
        "--redis-port=" + redis);
  }

  int healthOf(Service service) {
    return health + service.ordinal();
  }

  int kafkaController() {
    return kafka + 1;
  }

  /** Whether nobody but programs of this machine can reach DICOM and DICOMweb. */
  boolean onlyLoopback() {
    try {
      return InetAddress.getByName(bind).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** The address a program on this machine reaches DICOM and DICOMweb at. */
  String reachable() {
    try {
      return InetAddress.getByName(bind).isAnyLocalAddress() ? LOOPBACK : bind;
    } catch (UnknownHostException e) {
      return bind;
    }
  }

  /** Complains, in one line each, about ports that are taken, used twice or impossible. */
  void check() {
    List<String> troubles = troubles();
    if (!troubles.isEmpty()) {
      throw new Complaint(String.join(System.lineSeparator(), troubles));
    }
  }

  /** A line for each port that is taken, used twice or impossible. */
  List<String> troubles() {
    Set<Integer> seen = new HashSet<>();
    List<String> troubles = new ArrayList<>();
    for (Use use : uses()) {
      String line = "";
      if (use.port() < 1 || use.port() > 65535) {
        line = "Port %d for %s doesn't exist: choose another with %s";
      } else if (!seen.add(use.port())) {
        line = "Port %d for %s is wanted twice: choose another with %s";
      } else {
        line = listen(use);
      }
      if (!line.isEmpty()) {
        troubles.add(line.formatted(use.port(), use.what(), use.option()));
      }
    }
    return troubles;
  }

  private static String listen(Use use) {
    InetSocketAddress address = new InetSocketAddress(use.address(), use.port());
    if (address.isUnresolved()) {
      throw new Complaint(use.address() + " isn't an address of this machine: see --bind");
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(address);
      return "";
    } catch (IOException e) {
      String reason = String.valueOf(e.getMessage());
      if (reason.contains("assign")) {
        throw new Complaint(use.address() + " isn't an address of this machine: see --bind");
      }
      return reason.contains("ermission")
          ? "Port %d for %s may not be opened by this user: choose another with %s"
          : "Port %d for %s is taken: free it, or choose another with %s";
    }
  }
}
