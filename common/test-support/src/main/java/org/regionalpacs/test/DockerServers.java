package org.regionalpacs.test;

import java.sql.Connection;
import java.sql.Statement;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** Containers, removed by Testcontainers when this JVM ends. */
final class DockerServers implements Servers {
  private static final int REDIS_PORT = 6379;

  private final Once<PostgreSQLContainer> postgres =
      new Once<>(() -> {
        PostgreSQLContainer container =
            new PostgreSQLContainer("postgres:18-alpine")
                .withCommand("postgres", "-c", "fsync=off", "-c", "synchronous_commit=off");
        container.start();
        return container;
      });
  private final Once<KafkaContainer> kafka =
      new Once<>(() -> {
        KafkaContainer container =
            new KafkaContainer("apache/kafka:4.2.1")
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
        container.start();
        return container;
      });
  private final Once<Integer> redis =
      new Once<>(() -> {
        GenericContainer<?> container =
            new GenericContainer<>("redis:8-alpine")
                .withExposedPorts(REDIS_PORT)
                .withCommand(
                    "redis-server",
                    "--databases",
                    String.valueOf(REDIS_DATABASES),
                    "--save",
                    "",
                    "--maxmemory",
                    "128mb",
                    "--maxmemory-policy",
                    "allkeys-lfu");
        container.start();
        return container.getMappedPort(REDIS_PORT);
      });

  @Override
  public Database database(String name) throws Exception {
    PostgreSQLContainer server = postgres.get();
    Database first = new Database(server.getJdbcUrl(), server.getUsername(), server.getPassword());
    try (Connection connection = first.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    String url = first.url().replaceFirst("(//[^/]+/)[^?]*", "$1" + name);
    return new Database(url, first.user(), first.password());
  }

  @Override
  public String kafka() throws Exception {
    return kafka.get().getBootstrapServers();
  }

  @Override
  public int redisPort() throws Exception {
    return redis.get();
  }
}
