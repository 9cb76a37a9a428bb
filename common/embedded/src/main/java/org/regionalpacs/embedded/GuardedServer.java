package org.regionalpacs.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of a server: prepare its folder, start its process, wait until it is ready, stop it. */
abstract sealed class GuardedServer implements EmbeddedServer
    permits PostgresServer, KafkaServer, RedisServer, JavaServer {
  static final Duration START_LIMIT = Duration.ofMinutes(4);
  private static final Duration LEFT_OVER_LIMIT = Duration.ofSeconds(20);
  private static final int PORT_ATTEMPTS = 3;

  private final Logger log = LoggerFactory.getLogger(getClass());
  final Path dir;
  final Path output;
  private final String name;
  private final int wantedPort;
  private volatile int port;
  private volatile Guarded process;
  private volatile boolean closed;

  /**
   * @param dir the server's own folder, made when absent
   * @param output file of its standard output
   * @param wantedPort its port; 0 picks a free one
   */
  GuardedServer(String name, Path dir, Path output, int wantedPort) {
    this.name = name;
    this.dir = dir.toAbsolutePath().normalize();
    this.output = output.toAbsolutePath();
    this.wantedPort = wantedPort;
  }

  /** Makes ready what the process needs on disk; runs before each start. */
  abstract void prepare() throws IOException;

  /** How to run it. */
  abstract Guarded.Command command();

  /** Whether it answers; called again and again while it starts. */
  abstract boolean ready() throws IOException;

  final synchronized void start() throws EmbeddedServerException {
    for (int attempt = 1; ; attempt++) {
      try {
        if (wantedPort != 0) {
          port = wantedPort;
        } else if (port == 0) {
          port = freePort();
        }
        startOnce();
        return;
      } catch (EmbeddedServerException e) {
        if (wantedPort != 0 || attempt == PORT_ATTEMPTS) {
          throw e;
        }
        // Another process may have taken the free port in the meantime.
        port = 0;
      } catch (IOException e) {
        throw new EmbeddedServerException(name + " can't be started: " + e, e);
      }
    }
  }

  private void startOnce() throws IOException {
    long begin = System.nanoTime();
    Files.createDirectories(dir);
    awaitLeftOver(dir);
    prepare();
    process = Guarded.start(command());
    try {
      awaitReady(begin + START_LIMIT.toNanos());
    } catch (IOException | RuntimeException e) {
      process.stop();
      throw e;
    }
    log.info(
        "{} ready on port {} after {} ms", name, port, (System.nanoTime() - begin) / 1_000_000);
  }

  private void awaitReady(long deadline) throws IOException {
    while (!ready()) {
      if (!process.alive()) {
        throw new EmbeddedServerException(name + " ended while starting on port " + port + tail());
      }
      if (closed) {
        throw new EmbeddedServerException(name + " was closed while it was starting");
      }
      if (System.nanoTime() > deadline) {
        throw new EmbeddedServerException(name + " not ready after " + START_LIMIT + tail());
      }
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new EmbeddedServerException("interrupted while " + name + " was starting", e);
      }
    }
  }

  String tail() {
    return ", its log " + output + " ends with:" + new LogFile(output).tail();
  }

  final Guarded.Command commandOf(java.util.List<String> command, String signal, Duration grace) {
    return new Guarded.Command(command, new LogFile(output), pidFile(), signal, grace);
  }

  final Guarded process() {
    return process;
  }

  final Path pidFile() {
    return pidFile(dir, name);
  }

  static Path pidFile(Path dir, String name) {
    return dir.resolve(name + ".pid");
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final int port() {
    return port;
  }

  @Override
  public final boolean alive() {
    return process.alive();
  }

  @Override
  public final CompletableFuture<Integer> exited() {
    return process.exited();
  }

  @Override
  public final synchronized void restart() throws EmbeddedServerException {
    if (closed) {
      throw new EmbeddedServerException(name + " is closed");
    }
    process.stop();
    try {
      startOnce();
    } catch (EmbeddedServerException e) {
      throw e;
    } catch (IOException e) {
      throw new EmbeddedServerException(name + " can't be started: " + e, e);
    }
  }

  @Override
  public final synchronized void stop() {
    process.stop();
  }

  @Override
  public void close() {
    // Before the monitor is asked for: whoever starts it holds that, and gives up then.
    closed = true;
    stop();
  }

  static void awaitLeftOver(Path dir) {
    Path absolute = dir.toAbsolutePath().normalize();
    try (DirectoryStream<Path> pidFiles = Files.newDirectoryStream(absolute, "*.pid")) {
      for (Path pidFile : pidFiles) {
        // Redis rewrites its command line, the others name their folder in it.
        boolean redis = pidFile.endsWith("redis.pid");
        Guarded.awaitLeftOver(
            pidFile, redis ? "redis-server" : absolute.toString(), LEFT_OVER_LIMIT);
      }
    } catch (NoSuchFileException e) {
      // It never ran here.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
