package org.regionalpacs.test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.DynamicPropertyRegistrar;
import org.springframework.util.ClassUtils;

/**
 * Real PostgreSQL, Kafka and Redis for tests: containers where a Docker engine answers, else child
 * processes ({@code -Dpacs.test.servers=docker} or {@code embedded} decides). One set a test JVM,
 * each started when it is first needed.
 *
 * <p>Imported into a Spring test, it connects what the module has on its class path: every context
 * gets a database of its own in PostgreSQL and in Redis, and begins with the product's topics made
 * and empty. Tests without Spring ask the static methods, and have Redis' database 0.
 */
@TestConfiguration(proxyBeanMethods = false)
public class RealServices {
  private static final Once<Servers> SERVERS =
      new Once<>(() -> docker() ? new DockerServers() : new EmbeddedServers());
  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static final AtomicInteger REDIS_DATABASES = new AtomicInteger();
  private static final Once<String> TOPICS = new Once<>(RealServices::emptyTopics);

  /** A new, empty database. */
  public static Database postgres() {
    String name = "t%d_%d".formatted(ProcessHandle.current().pid(), DATABASES.incrementAndGet());
    return started(() -> SERVERS.get().database(name));
  }

  /** Address of a Kafka broker that has the product's topics, for modules that know them. */
  public static String kafkaBootstrap() {
    return started(TOPICS::get);
  }

  /** Port of a Redis on loopback. */
  public static int redisPort() {
    return started(() -> SERVERS.get().redisPort());
  }

  private static String emptyTopics() throws Exception {
    String bootstrap = SERVERS.get().kafka();
    if (ClassUtils.isPresent("org.regionalpacs.messages.Topics", null)) {
      PacsTopics.makeEmpty(bootstrap);
    }
    return bootstrap;
  }

  private static <T> T started(Once.Maker<T> maker) {
    try {
      return maker.make();
    } catch (Exception e) {
      throw new IllegalStateException("A server that the tests need can't be had: " + e, e);
    }
  }

  private static boolean docker() {
    return switch (System.getProperty("pacs.test.servers", "auto")) {
      case "docker" -> true;
      case "embedded" -> false;
      // Testcontainers logs an error when it looks for an engine in vain, so look first.
      default ->
          System.getenv("DOCKER_HOST") != null || Files.exists(Path.of("/var/run/docker.sock"));
    };
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = "org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails")
  static class Jdbc {
    @Bean
    JdbcConnectionDetails jdbcConnectionDetails() {
      Database database = postgres();
      return new JdbcConnectionDetails() {
        @Override
        public String getJdbcUrl() {
          return database.url();
        }

        @Override
        public String getUsername() {
          return database.user();
        }

        @Override
        public String getPassword() {
          return database.password();
        }
      };
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = "org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails")
  static class Kafka {
    @Bean
    KafkaConnectionDetails kafkaConnectionDetails() {
      List<String> bootstrap = List.of(started(RealServices::emptyTopics));
      return () -> bootstrap;
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(
      name = "org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails")
  static class Redis {
    @Bean
    DataRedisConnectionDetails redisConnectionDetails() {
      int port = redisPort();
      int database = REDIS_DATABASES.incrementAndGet();
      return new DataRedisConnectionDetails() {
        @Override
        public Standalone getStandalone() {
          return Standalone.of("127.0.0.1", port, database);
        }
      };
    }
  }

  /**
   * For modules that have a Redis client and none of Spring's, by the names that their settings
   * give it in the environment; it starts when it is asked for.
   */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = "io.lettuce.core.RedisClient")
  @ConditionalOnMissingClass(
      "org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails")
  static class Lettuce {
    @Bean
    DynamicPropertyRegistrar redisAddress() {
      int database = REDIS_DATABASES.incrementAndGet();
      return properties -> {
        properties.add("PACS_REDIS_PORT", RealServices::redisPort);
        properties.add("PACS_REDIS_DATABASE", () -> database);
      };
    }
  }
}
