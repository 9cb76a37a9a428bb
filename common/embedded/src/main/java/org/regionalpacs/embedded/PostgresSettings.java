package org.regionalpacs.embedded;

import java.nio.file.Path;

/**
 * How to run PostgreSQL.
 *
 * @param dir its folder; {@code data} in it is the database cluster, kept from run to run
 * @param log file of its messages
 * @param address interface to listen on
 * @param port TCP port, 0 for a free one
 * @param durable whether a commit is on disk before it is acknowledged
 * @param maxConnections connections it accepts
 * @param sharedBuffers its buffer cache, such as {@code 128MB}
 */
public record PostgresSettings(
    Path dir,
    Path log,
    String address,
    int port,
    boolean durable,
    int maxConnections,
    String sharedBuffers) {

  /** Durable, on loopback, on a free port. */
  public static PostgresSettings in(Path dir) {
    return new PostgresSettings(
        dir, dir.resolve("postgresql.log"), "127.0.0.1", 0, true, 100, "128MB");
  }

  public PostgresSettings port(int port) {
    return new PostgresSettings(dir, log, address, port, durable, maxConnections, sharedBuffers);
  }

  public PostgresSettings log(Path log) {
    return new PostgresSettings(dir, log, address, port, durable, maxConnections, sharedBuffers);
  }

  /** For tests: never waits for the disk, and may lose everything when the machine stops. */
  public PostgresSettings fast() {
    return new PostgresSettings(dir, log, address, port, false, maxConnections, sharedBuffers);
  }
}
