package org.regionalpacs.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.regionalpacs.embedded.EmbeddedServer;
import org.regionalpacs.embedded.KafkaServer;
import org.regionalpacs.embedded.KafkaSettings;
import org.regionalpacs.embedded.PostgresServer;
import org.regionalpacs.embedded.PostgresSettings;
import org.regionalpacs.embedded.RedisServer;
import org.regionalpacs.embedded.RedisSettings;
import org.springframework.boot.SpringApplication;

/** Child processes of this JVM, in a temporary folder that goes with it. */
final class EmbeddedServers implements Servers {
  private static final String PREFIX = "regional-pacs-test-";

  private final List<EmbeddedServer> running = new CopyOnWriteArrayList<>();
  private final Path dir;
  private final Once<PostgresServer> postgres;
  private final Once<KafkaServer> kafka;
  private final Once<RedisServer> redis;

  EmbeddedServers() {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    deleteLeftOvers(temporary);
    dir = temporary.resolve(PREFIX + ProcessHandle.current().pid());
    postgres =
        new Once<>(() ->
            keep(PostgresServer.start(PostgresSettings.in(dir.resolve("postgresql")).fast())));
    kafka = new Once<>(() -> keep(KafkaServer.start(KafkaSettings.in(dir.resolve("kafka")))));
    RedisSettings settings = RedisSettings.in(dir.resolve("redis")).databases(REDIS_DATABASES);
    redis = new Once<>(() -> keep(RedisServer.start(settings)));
    // After Spring's contexts, which would wait for servers that are gone when they close.
    SpringApplication.getShutdownHandlers().add(this::close);
  }

  @Override
  public Database database(String name) throws Exception {
    PostgresServer server = postgres.get();
    server.createDatabase(name);
    return new Database(server.jdbcUrl(name), PostgresServer.USER, server.password());
  }

  @Override
  public String kafka() throws Exception {
    return kafka.get().bootstrapServers();
  }

  @Override
  public int redisPort() throws Exception {
    return redis.get().port();
  }

  private <T extends EmbeddedServer> T keep(T server) {
    running.add(server);
    return server;
  }

  private void close() {
    running.parallelStream().forEach(EmbeddedServer::close);
    delete(dir);
  }

  /** Folders of test JVMs that were killed. */
  private static void deleteLeftOvers(Path temporary) {
    try (Stream<Path> folders = Files.list(temporary)) {
      folders
          .filter(folder -> folder.getFileName().toString().startsWith(PREFIX))
          .filter(folder -> !running(folder))
          .forEach(EmbeddedServers::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean running(Path folder) {
    String pid = folder.getFileName().toString().substring(PREFIX.length());
    return !pid.matches("\\d{1,10}") || ProcessHandle.of(Long.parseLong(pid)).isPresent();
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException | UncheckedIOException e) {
      // Another test JVM deletes the same left-over.
    }
  }
}
