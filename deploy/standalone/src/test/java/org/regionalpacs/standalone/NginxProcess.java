package org.regionalpacs.standalone;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.regionalpacs.compose.NginxTemplate;

/** The real nginx with the configuration that docker-compose.yml gives it. */
final class NginxProcess implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/sbin/nginx");

  /** Debian has it apart; in the image of nginx it is built in. */
  private static final Path STREAM = Path.of("/usr/lib/nginx/modules/ngx_stream_module.so");

  private final ContainerProcess process;
  private final Path accessLog;

  private NginxProcess(ContainerProcess process, Path accessLog) {
    this.process = process;
    this.accessLog = accessLog;
  }

  /** Skips the test where nginx or its module for TCP isn't installed. */
  static void assumeInstalled() {
    Assumptions.assumeTrue(
        Files.isExecutable(PROGRAM) && Files.exists(STREAM),
        "nginx and libnginx-mod-stream aren't installed (see .ci/run)");
  }

  /**
   * Starts it, and waits until it listens.
   *
   * @param environment of its container, as it has to be here
   */
  static NginxProcess start(Path folder, Map<String, String> environment) throws IOException {
    Path temporary = Files.createDirectories(folder.resolve("tmp"));
    Path accessLog = folder.resolve("access.log");
    Map<String, String> here = new TreeMap<>(environment);
    here.put("PACS_NGINX_TEMP", temporary.toString());
    here.put("PACS_NGINX_ACCESS_LOG", accessLog.toString());
    Path configuration = Files.writeString(folder.resolve("nginx.conf"), NginxTemplate.with(here));
    boolean root = System.getProperty("user.name").equals("root");
    String globals = "daemon off; load_module " + STREAM + ";" + (root ? " user root;" : "");
    ContainerProcess process =
        ContainerProcess.start(
            folder,
            Map.of(),
            List.of(
                PROGRAM.toString(),
                "-p",
                folder + "/",
                "-c",
                configuration.toString(),
                "-g",
                globals));
    NginxProcess nginx = new NginxProcess(process, accessLog);
    await()
        .atMost(Duration.ofMinutes(5))
        .failFast(
            "nginx ended",
            () -> {
              if (!process.alive()) {
                throw new IllegalStateException(process.output());
              }
            })
        .until(() -> Files.exists(temporary.resolve("nginx.pid")));
    return nginx;
  }

  /** What was asked of it, a line each. */
  List<String> accesses() throws IOException {
    return Files.readAllLines(accessLog);
  }

  /** What it complained of. */
  String output() {
    return process.output();
  }

  @Override
  public void close() throws InterruptedException {
    process.close();
  }
}
