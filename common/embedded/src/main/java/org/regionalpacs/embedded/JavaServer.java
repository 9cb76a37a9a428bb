package org.regionalpacs.embedded;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program of ours in a JVM of its own, with this JVM's class path. */
public final class JavaServer extends GuardedServer {
  private static final int PROBE_MILLIS = 500;

  private final JavaSettings settings;

  private JavaServer(JavaSettings settings) {
    super(settings.name(), settings.dir(), settings.log(), settings.port());
    this.settings = settings;
  }

  /**
   * Starts it and waits until its port is open.
   *
   * @throws EmbeddedServerException with the reason and the end of its output
   */
  public static JavaServer start(JavaSettings settings) throws EmbeddedServerException {
    JavaServer server = new JavaServer(settings);
    server.start();
    return server;
  }

  @Override
  void prepare() throws IOException {
    List<String> line = new ArrayList<>(settings.options());
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), settings.mainClass()));
    line.addAll(settings.arguments());
    JavaArguments.write(arguments(), line);
  }

  private Path arguments() {
    return dir.resolve("java.args");
  }

  @Override
  Guarded.Command command() {
    return commandOf(JavaArguments.command(arguments()), "TERM", settings.grace());
  }

  @Override
  boolean ready() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(settings.address(), port()), PROBE_MILLIS);
      return process().alive();
    } catch (IOException e) {
      return false;
    }
  }
}
