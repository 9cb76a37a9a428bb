package org.regionalpacs.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** nginx that serves the files of a folder and does nothing else: what the machine could do. */
final class Nginx implements Server {
  private static final Duration START = Duration.ofSeconds(20);

  private final ChildProcess process;
  private final Path files;
  private final int port;

  private Nginx(ChildProcess process, Path files, int port) {
    this.process = process;
    this.files = files;
    this.port = port;
  }

  static Nginx start(Path parent) throws IOException {
    Path folder = Files.createDirectories(parent.resolve("nginx"));
    Path files = Files.createDirectories(folder.resolve("files"));
    int port = LoopbackPorts.free();
    Path configuration = folder.resolve("nginx.conf");
    Files.writeString(configuration, configuration(folder, files, port));
    ChildProcess process = run(folder, configuration);
    try {
      process.await(() -> listens(port), START);
      return new Nginx(process, files, port);
    } catch (IOException e) {
      process.close();
      throw e;
    }
  }

  /**
   * Runs one.
   *
   * @param folder for what it writes
   */
  static ChildProcess run(Path folder, Path configuration) throws IOException {
    List<String> line =
        List.of(
            Peer.NGINX.installed().orElseThrow().toString(),
            "-p",
            folder.toString(),
            "-e",
            folder.resolve("error.log").toString(),
            "-c",
            configuration.toString());
    return ChildProcess.start("nginx", line, Map.of(), folder.resolve("nginx.log"));
  }

  private static String configuration(Path folder, Path files, int port) {
    return """
    %s
      server {
        listen 127.0.0.1:%d;
        root %s;
      }
    }
    """
        .formatted(beginning(folder), port, files);
  }

  /** What configurations begin with, up to the types and servers of {@code http}. */
  static String beginning(Path folder) {
    // As root it would leave its own user's rights behind, and with them the folder.
    String user = System.getProperty("user.name").equals("root") ? "user root;" : "";
    return """
    daemon off;
    %s
    worker_processes %d;
    pid %s/nginx.pid;
    events { worker_connections 512; }
    http {
      access_log off;
      sendfile on;
      tcp_nopush on;
      tcp_nodelay on;
      keepalive_requests 1000000000;
      client_body_temp_path %s/body;
      proxy_temp_path %s/proxy;
      fastcgi_temp_path %s/fastcgi;
      uwsgi_temp_path %s/uwsgi;
      scgi_temp_path %s/scgi;\
    """
        .formatted(
            user,
            Runtime.getRuntime().availableProcessors(),
            folder,
            folder,
            folder,
            folder,
            folder,
            folder);
  }

  /** Whether something listens there. */
  static boolean listens(int port) throws IOException {
    try (SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port))) {
      return channel.isConnected();
    }
  }

  @Override
  public String name() {
    return Peer.NGINX.shown();
  }

  @Override
  public List<String> setting() {
    return List.of(
        "nginx: static files, sendfile, a worker a processor, no access log: it looks nothing up");
  }

  @Override
  public CpuMeter cpu() {
    return CpuMeter.of(process.pid());
  }

  @Override
  public int http() {
    return port;
  }

  /** Where to put what it serves below {@code /}. */
  Path files() {
    return files;
  }

  @Override
  public void close() {
    process.close();
  }
}
