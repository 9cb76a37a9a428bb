package org.regionalpacs.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.regionalpacs.test.Database;
import org.regionalpacs.test.FreePort;
import org.regionalpacs.test.RealServices;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

class SchemaMigrationTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  private final Database database = RealServices.postgres();

  @Test
  void givenTheDatabaseIsDownAtTheStart_whenItReturns_thenTheSchemaIsMadeAndUsed()
      throws Exception {
    int port = FreePort.any();
    try (ConfigurableApplicationContext context = start(port, hurried())) {
      JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
      assertThatThrownBy(() -> count(jdbc))
          .isInstanceOf(DataAccessException.class)
          .hasRootCauseMessage(
              "the database has not been reached since the start, its schema may be out of date");

      try (Forwarder way = new Forwarder(port, URI.create(database.url().substring(5)))) {
        await()
            .atMost(SOON)
            .ignoreExceptionsInstanceOf(DataAccessException.class)
            .untilAsserted(() -> assertThat(count(jdbc)).isZero());
      }
    }
  }

  @Test
  void givenASchemaThatCantBeMigrated_whenStarted_thenTheStartFails() throws Exception {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("create table patient (stranger text)");
    }
    int port = FreePort.any();
    try (Forwarder way = new Forwarder(port, URI.create(database.url().substring(5)))) {
      assertThatThrownBy(() -> start(port).close())
          .hasStackTraceContaining("Found non-empty schema");
    }
  }

  @Test
  void givenAMigrationThatTakesLong_whenAnswersAreExpectedSoon_thenItIsWaitedFor()
      throws Exception {
    int port = FreePort.any();
    try (Forwarder way = new Forwarder(port, URI.create(database.url().substring(5)));
        ConfigurableApplicationContext context =
            start(
                port,
                "--spring.flyway.locations=classpath:db/migration,classpath:db/slow",
                "--spring.datasource.hikari.data-source-properties.socketTimeout=1")) {
      await()
          .atMost(SOON)
          .ignoreExceptionsInstanceOf(DataAccessException.class)
          .untilAsserted(() -> assertThat(count(context.getBean(JdbcTemplate.class))).isZero());
      assertThatThrownBy(() -> context.getBean(JdbcTemplate.class).execute("select pg_sleep(3)"))
          .isInstanceOf(DataAccessException.class);
    }
  }

  /** Takes a database for away after a second. */
  private static String hurried() {
    return "--spring.datasource.hikari.connection-timeout=1000";
  }

  private ConfigurableApplicationContext start(int port, String... more) {
    String url = database.url().replaceFirst("//[^/]+/", "//127.0.0.1:" + port + "/");
    return new SpringApplicationBuilder(IndexTestApplication.class)
        .web(WebApplicationType.NONE)
        .run(
            Stream.concat(
                    Stream.of(
                        "--spring.datasource.url=" + url,
                        "--spring.datasource.username=" + database.user(),
                        "--spring.datasource.password=" + database.password()),
                    Stream.of(more))
                .toArray(String[]::new));
  }

  private static int count(JdbcTemplate jdbc) {
    return jdbc.queryForObject("select count(*) from instance", Integer.class);
  }

  /** A port that leads to another one, for as long as it is open. */
  private static final class Forwarder implements AutoCloseable {
    private final ServerSocket server;

    Forwarder(int port, URI target) throws IOException {
      server = new ServerSocket(port, 10, InetAddress.getLoopbackAddress());
      Thread.ofVirtual().start(() -> accept(target));
    }

    private void accept(URI target) {
      while (true) {
        try {
          Socket client = server.accept();
          Socket there = new Socket(target.getHost(), target.getPort());
          Thread.ofVirtual().start(() -> copy(client, there));
          Thread.ofVirtual().start(() -> copy(there, client));
        } catch (IOException e) {
          return;
        }
      }
    }

    private static void copy(Socket from, Socket to) {
      try (from;
          to) {
        from.getInputStream().transferTo(to.getOutputStream());
      } catch (IOException e) {
        // Either side has closed.
      }
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }
}
