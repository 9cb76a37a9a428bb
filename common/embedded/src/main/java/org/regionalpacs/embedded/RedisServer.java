package org.regionalpacs.embedded;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A real Redis as a cache: bounded, nothing on disk. */
public final class RedisServer extends GuardedServer {
  private static final int PROBE_MILLIS = 500;

  private final RedisSettings settings;
  private final Path program;

  private RedisServer(RedisSettings settings, Path program) {
    super("redis", settings.dir(), settings.log(), settings.port());
    this.settings = settings;
    this.program = program;
  }

  /**
   * Starts it and waits until it answers.
   *
   * @throws EmbeddedServerException with the reason and the end of its log
   */
  public static RedisServer start(RedisSettings settings) throws EmbeddedServerException {
    Path program;
    try {
      program = BinaryCache.ofUser().program(Platform.here().redisBinary(), "redis-server");
    } catch (IOException e) {
      throw new EmbeddedServerException("Redis can't be unpacked: " + e, e);
    }
    RedisServer server = new RedisServer(settings, program);
    server.start();
    return server;
  }

  @Override
  void prepare() {}

  @Override
  Guarded.Command command() {
    List<String> line =
        List.of(
            program.toString(),
            "--bind",
            settings.address(),
            "--port",
            String.valueOf(port()),
            "--databases",
            String.valueOf(settings.databases()),
            "--dir",
            dir.toString(),
            "--save",
            "",
            "--appendonly",
            "no",
            "--maxmemory",
            settings.maxMemory(),
            "--maxmemory-policy",
            "allkeys-lfu");
    return commandOf(line, "TERM", Duration.ofSeconds(5));
  }

  @Override
  boolean ready() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(settings.address(), port()), PROBE_MILLIS);
      socket.setSoTimeout(PROBE_MILLIS);
      socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readNBytes(5);
      return process().alive() && new String(answer, StandardCharsets.US_ASCII).equals("+PONG");
    } catch (IOException e) {
      return false;
    }
  }
}
