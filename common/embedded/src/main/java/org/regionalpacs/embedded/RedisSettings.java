package org.regionalpacs.embedded;

import java.nio.file.Path;

/**
 * How to run Redis.
 *
 * @param dir its folder
 * @param log file of its messages
 * @param address interface to listen on
 * @param port TCP port, 0 for a free one
 * @param maxMemory what it may hold, such as {@code 128mb}; beyond it the least often used goes
 * @param databases how many numbered databases it has
 */
public record RedisSettings(
    Path dir, Path log, String address, int port, String maxMemory, int databases) {

  /** 128 MB on loopback, on a free port. */
  public static RedisSettings in(Path dir) {
    return new RedisSettings(dir, dir.resolve("redis.log"), "127.0.0.1", 0, "128mb", 16);
  }

  public RedisSettings port(int port) {
    return new RedisSettings(dir, log, address, port, maxMemory, databases);
  }

  public RedisSettings log(Path log) {
    return new RedisSettings(dir, log, address, port, maxMemory, databases);
  }

  public RedisSettings databases(int databases) {
    return new RedisSettings(dir, log, address, port, maxMemory, databases);
  }
}
