package org.regionalpacs.embedded;

import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** A server running beside this JVM, as its child. Safe for use by many threads. */
public sealed interface EmbeddedServer extends AutoCloseable permits GuardedServer {

  /** What people call it, such as {@code postgresql}; also the name of its pid file. */
  String name();

  /** The TCP port it listens on. */
  int port();

  /** Whether its process runs. */
  boolean alive();

  /** Completes with the exit status when the process that runs now has ended, for any reason. */
  CompletableFuture<Integer> exited();

  /** Stops it cleanly within its grace period, then by force; it may be started again. */
  void stop();

  /**
   * Starts it again on the same data and port after its process ended, and waits until it is ready.
   *
   * @throws EmbeddedServerException it didn't become ready, or it was closed
   */
  void restart() throws EmbeddedServerException;

  /** Stops it as {@link #stop}, for good. Never throws, may be repeated. */
  @Override
  void close();

  /**
   * Waits until a server that a killed launcher left in that folder has gone, so that its port and
   * its data are free; after a limit it is killed.
   */
  static void awaitLeftOver(Path dir) {
    GuardedServer.awaitLeftOver(dir);
  }

  /** The process id of the server of that name in that folder, while it runs. */
  static OptionalLong pid(Path dir, String name) {
    return Guarded.pidIn(GuardedServer.pidFile(dir, name));
  }
}
