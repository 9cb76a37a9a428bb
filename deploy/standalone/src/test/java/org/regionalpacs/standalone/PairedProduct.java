package org.regionalpacs.standalone;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.regionalpacs.consumer.ConsumerApplication;
import org.regionalpacs.embedded.EmbeddedServer;
import org.regionalpacs.embedded.KafkaServer;
import org.regionalpacs.embedded.KafkaSettings;
import org.regionalpacs.embedded.PostgresServer;
import org.regionalpacs.embedded.PostgresSettings;
import org.regionalpacs.embedded.RedisServer;
import org.regionalpacs.embedded.RedisSettings;
import org.regionalpacs.storescp.StoreScpApplication;
import org.regionalpacs.test.fastdfs.FakeFastDfs;
import org.regionalpacs.wado.WadoApplication;
import org.regionalpacs.webworker.WebWorkerApplication;

/**
 * Two hosts side by side: two of each service, each pair with folders of its own that the other
 * doesn't know, on one Kafka, PostgreSQL, Redis and FastDFS.
 */
final class PairedProduct implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(15);
  private static final List<String> SERVICES = List.of("storescp", "consumer", "wado", "webworker");
  private static final Map<String, Class<?>> MAINS =
      Map.of(
          "storescp", StoreScpApplication.class,
          "consumer", ConsumerApplication.class,
          "wado", WadoApplication.class,
          "webworker", WebWorkerApplication.class);

  private final Path dir;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<EmbeddedServer> engines = new ArrayList<>();
  private final Map<String, ContainerProcess> services = new LinkedHashMap<>();
  private final Map<String, Integer> ports = new HashMap<>();
  private PostgresServer postgres;
  private KafkaServer kafka;
  private RedisServer redis;
  private FakeFastDfs archive;
  private int nextPort = PortBlock.first();

  private PairedProduct(Path dir) {
    this.dir = dir;
  }

  static PairedProduct up(Path dir) throws Exception {
    PairedProduct product = new PairedProduct(dir);
    try {
      product.start();
      return product;
    } catch (Exception | Error e) {
      product.close();
      throw e;
    }
  }

  private void start() throws Exception {
    postgres = keep(PostgresServer.start(PostgresSettings.in(dir.resolve("postgresql")).fast()));
    postgres.createDatabase("pacs");
    kafka = keep(KafkaServer.start(KafkaSettings.in(dir.resolve("kafka"))));
    redis = keep(RedisServer.start(RedisSettings.in(dir.resolve("redis"))));
    archive = FakeFastDfs.start(dir.resolve("fastdfs"), 1, 1);
    // Schema and topics are made by whoever is first: a host at a time is quicker.
    for (String host : List.of("a", "b")) {
      for (String service : SERVICES) {
        startService(service, host);
      }
      awaitHealth();
    }
  }

  private <T extends EmbeddedServer> T keep(T engine) {
    engines.add(engine);
    return engine;
  }

  private void startService(String service, String host) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(
        List.of(
            "-Xmx320m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-XX:SharedArchiveFile=" + ProductJars.ofThisBuild().archive(),
            "-Xlog:cds*=off,aot*=off",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            ProductJars.ofThisBuild().classPath(),
            MAINS.get(service).getName()));
    services.put(
        name(service, host),
        ContainerProcess.start(dir.resolve(name(service, host)), environment(service, host), line));
  }

  private Map<String, String> environment(String service, String host) throws IOException {
    Path data = dir.resolve("host-" + host);
    Map<String, String> environment = new HashMap<>();
    environment.put("PACS_DATABASE_URL", postgres.jdbcUrl("pacs"));
    environment.put("PACS_DATABASE_USER", PostgresServer.USER);
    environment.put("PACS_DATABASE_PASSWORD", postgres.password());
    environment.put("PACS_KAFKA", kafka.bootstrapServers());
    environment.put("PACS_REDIS_HOST", "127.0.0.1");
    environment.put("PACS_REDIS_PORT", String.valueOf(redis.port()));
    environment.put("PACS_ARCHIVE_STORE", "fastdfs");
    environment.put("PACS_FASTDFS_TRACKERS", archive.trackers());
    environment.put("PACS_ONLINE_ROOT", data.resolve("online").toString());
    environment.put("PACS_ARCHIVE_ROOT", data.resolve("archive").toString());
    environment.put("PACS_DERIVED_ROOT", data.resolve("derived").toString());
    environment.put("PACS_CATALOGUE_ROOT", data.resolve("catalogue").toString());
    environment.put("PACS_INTAKE_MIN_FREE", "1MB");
    environment.put("PACS_PEERS_SECRET", "a secret of thirty-two characters");
    Path own = dir.resolve(name(service, host));
    environment.put("PACS_BLOCKS_JOURNALS", own.resolve("blocks").toString());
    environment.put("PACS_FASTDFS_SPOOL", own.resolve("spool").toString());
    environment.put("PACS_FASTDFS_ORPHANS", own.resolve("orphans").toString());
    environment.put("PACS_CONVERTER_SCRATCH", own.resolve("convert").toString());
    environment.put("PACS_TRANSCODE_SCRATCH", own.resolve("transcode").toString());
    environment.put("PACS_CONSUMER_SESSION_TIMEOUT_MS", "15000");
    for (String each : List.of("STORESCP", "DIMSE", "WADO", "WADO_MANAGEMENT")) {
      environment.put("PACS_" + each + "_PORT", String.valueOf(port(each, host)));
    }
    for (String each : List.of("CONSUMER", "WEBWORKER")) {
      environment.put("PACS_" + each + "_MANAGEMENT_PORT", String.valueOf(port(each, host)));
    }
    if (service.equals("storescp")) {
      environment.put("PACS_PEERS_URL", "http://127.0.0.1:" + port("STORESCP", host));
    }
    return environment;
  }

  private static String name(String service, String host) {
    return service + "-" + host;
  }

  private int port(String what, String host) throws IOException {
    Integer known = ports.get(what + host);
    if (known != null) {
      return known;
    }
    while (!PacsProcess.isFree(nextPort)) {
      nextPort++;
    }
    ports.put(what + host, nextPort);
    return nextPort++;
  }

  private int health(String service, String host) {
    return ports.get(
        switch (service) {
              case "storescp" -> "STORESCP";
              case "wado" -> "WADO_MANAGEMENT";
              default -> service.toUpperCase();
            }
            + host);
  }

  private void awaitHealth() {
    List<String> waiting = new ArrayList<>(services.keySet());
    await()
        .atMost(START)
        .pollInterval(Duration.ofMillis(500))
        .failFast("a service ended", () -> services.forEach(PairedProduct::failWhenEnded))
        .until(() -> {
          waiting.removeIf(this::ready);
          return waiting.isEmpty();
        });
  }

  private static void failWhenEnded(String name, ContainerProcess process) {
    if (!process.alive()) {
      throw new IllegalStateException(name + " ended: " + process.output());
    }
  }

  private boolean ready(String name) {
    String[] parts = name.split("-");
    try {
      return get(health(parts[0], parts[1]), "/actuator/health/readiness").statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private HttpResponse<String> get(int port, String path) throws IOException {
    try {
      return http.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
              .timeout(Duration.ofMinutes(2))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Kills services as {@code kill -9} does.
   *
   * @param names such as {@code wado-a}
   */
  void kill(List<String> names) throws Exception {
    for (String name : names) {
      services.remove(name).kill();
    }
  }

  /** Starts some that were killed, and waits until all are well. */
  void startAgain(List<String> names) throws Exception {
    for (String name : names) {
      String[] parts = name.split("-");
      startService(parts[0], parts[1]);
    }
    awaitHealth();
  }

  int dicomPort(String host) {
    return ports.get("DIMSE" + host);
  }

  DicomWeb web(String host) {
    return new DicomWeb(ports.get("WADO" + host));
  }

  FakeFastDfs archive() {
    return archive;
  }

  Connection database() throws SQLException {
    return postgres.connect("pacs");
  }

  String kafka() {
    return kafka.bootstrapServers();
  }

  /** The sum of a metric's samples of a service, those with such labels. */
  long metric(String service, String host, String name, String labels) throws IOException {
    Pattern sample =
        Pattern.compile(
            "(?m)^" + name + "(?:\\{[^}]*" + Pattern.quote(labels) + "[^}]*})? ([0-9.E+]+)$");
    return sample
        .matcher(get(health(service, host), "/actuator/prometheus").body())
        .results()
        .map(MatchResult::group)
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  @Override
  public void close() throws Exception {
    for (ContainerProcess each : services.values()) {
      each.close();
    }
    if (archive != null) {
      archive.close();
    }
    engines.parallelStream().forEach(EmbeddedServer::close);
    http.close();
  }
}
