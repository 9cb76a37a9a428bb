package org.regionalpacs.standalone;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.regionalpacs.embedded.EmbeddedServer;
import org.regionalpacs.embedded.KafkaServer;
import org.regionalpacs.embedded.KafkaSettings;
import org.regionalpacs.embedded.KafkaTopic;
import org.regionalpacs.embedded.PostgresServer;
import org.regionalpacs.embedded.PostgresSettings;
import org.regionalpacs.embedded.RedisServer;
import org.regionalpacs.embedded.RedisSettings;
import org.regionalpacs.messages.Topics;

/** PostgreSQL, Kafka and Redis, with the product's database and its most precious topic made. */
final class Engines implements AutoCloseable {
  static final String DATABASE = "pacs";

  /** As the services make it; see pacs.topics.partitions. */
  private static final int STORAGE_PARTITIONS = 6;

  /** System property: where Kafka's JVM keeps its loaded classes from start to start. */
  private static final String KAFKA_ARCHIVE = "pacs.archive.kafka";

  private static final List<String> STOP_ORDER = List.of("kafka", "postgresql", "redis");

  private final DataFolder folder;
  private final Ports ports;
  private final Console console;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Future<EmbeddedServer>> starting = new ArrayList<>();
  private final List<EmbeddedServer> running = new ArrayList<>();
  private boolean closed;

  Engines(DataFolder folder, Ports ports, Console console) {
    this.folder = folder;
    this.ports = ports;
    this.console = console;
  }

  /** Waits for what a killed run left behind: it is stopping, and holds the ports. */
  void awaitLeftOvers() {
    EmbeddedServer.awaitLeftOver(folder.postgresql());
    EmbeddedServer.awaitLeftOver(folder.kafka());
    EmbeddedServer.awaitLeftOver(folder.redis());
    for (Service service : Service.values()) {
      EmbeddedServer.awaitLeftOver(folder.service(service));
    }
  }

  /** Begins to start all three at once. */
  void start() {
    startWithoutCache();
    begin(this::startRedis);
  }

  /** Begins to start PostgreSQL and Kafka: whoever serves no reader needs no Redis. */
  void startWithoutCache() {
    begin(this::startPostgres);
    begin(this::startKafka);
  }

  private void begin(Callable<EmbeddedServer> starter) {
    starting.add(threads.submit(starter));
  }

  /** Waits for the one that the services can't begin without. */
  void awaitPostgres() throws IOException {
    await(starting.getFirst());
  }

  /** Waits for all that were begun. */
  void awaitAll() throws IOException {
    for (Future<EmbeddedServer> server : starting) {
      await(server);
    }
  }

  private static void await(Future<EmbeddedServer> server) throws IOException {
    try {
      server.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private EmbeddedServer startPostgres() throws IOException, SQLException {
    PostgresServer server =
        keep(
            PostgresServer.start(
                PostgresSettings.in(folder.postgresql())
                    .port(ports.postgresql)
                    .log(folder.log("postgresql"))));
    server.createDatabase(DATABASE);
    console.step("postgresql", Ports.LOOPBACK + ":" + server.port());
    return server;
  }

  private EmbeddedServer startKafka() throws IOException {
    KafkaSettings settings =
        KafkaSettings.in(folder.kafka())
            .ports(ports.kafka, ports.kafkaController())
            .log(folder.log("kafka"));
    Optional<Path> archive = Optional.ofNullable(System.getProperty(KAFKA_ARCHIVE)).map(Path::of);
    KafkaServer server = keep(KafkaServer.start(archive.map(settings::archive).orElse(settings)));
    // The services make the topics too, but not so: with one broker, only the disk keeps a record
    // that was acknowledged when the power fails.
    Duration retention = Duration.ofMillis(Topics.RETENTION_MS.get(Topics.STORAGE));
    server.createTopics(
        List.of(new KafkaTopic(Topics.STORAGE, STORAGE_PARTITIONS, retention, true)));
    console.step("kafka", Ports.LOOPBACK + ":" + server.port());
    return server;
  }

  private EmbeddedServer startRedis() throws IOException {
    RedisServer server =
        keep(
            RedisServer.start(
                RedisSettings.in(folder.redis()).port(ports.redis).log(folder.log("redis"))));
    console.step("redis", Ports.LOOPBACK + ":" + server.port());
    return server;
  }

  private synchronized <T extends EmbeddedServer> T keep(T server) throws IOException {
    if (closed) {
      server.close();
      throw new IOException("stopped while starting");
    }
    running.add(server);
    return server;
  }

  synchronized List<EmbeddedServer> all() {
    return List.copyOf(running);
  }

  @Override
  public void close() {
    List<EmbeddedServer> servers;
    synchronized (this) {
      closed = true;
      servers = new ArrayList<>(running);
    }
    servers.sort(Comparator.comparing(server -> STOP_ORDER.indexOf(server.name())));
    servers.forEach(EmbeddedServer::close);
  }
}
