package org.regionalpacs.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {
  @TempDir Path dir;

  @Test
  void givenTheDefaults_thenACommitIsOnDiskBeforeItIsAcknowledged() throws Exception {
    try (PostgresServer server = PostgresServer.start(PostgresSettings.in(dir))) {
      assertThat(show(server, "fsync")).isEqualTo("on");
      assertThat(show(server, "synchronous_commit")).isEqualTo("on");
      assertThat(show(server, "full_page_writes")).isEqualTo("on");
    }
  }

  @Test
  void givenTestsWantSpeed_thenItDoesNotWaitForTheDisk() throws Exception {
    try (PostgresServer server = PostgresServer.start(PostgresSettings.in(dir).fast())) {
      assertThat(show(server, "fsync")).isEqualTo("off");
    }
  }

  @Test
  void givenItIsKilledByForce_whenRestarted_thenCommittedRowsAreThere() throws Exception {
    try (PostgresServer server = PostgresServer.start(PostgresSettings.in(dir))) {
      int port = server.port();
      server.createDatabase("kept");
      server.createDatabase("kept");
      try (Connection connection = server.connect("kept");
          Statement statement = connection.createStatement()) {
        statement.execute("create table t as select 42 as answer");
      }
      var ended = server.exited();
      ProcessHandle.of(server.process().pid().getAsLong()).orElseThrow().destroyForcibly();
      assertThat(ended.get(60, TimeUnit.SECONDS)).isNotZero();
      assertThat(server.alive()).isFalse();

      server.restart();

      assertThat(server.port()).isEqualTo(port);
      try (Connection connection = server.connect("kept");
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("select answer from t")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(42);
      }
    }
  }

  @Test
  void givenNobodyKnowsThePassword_thenNobodyGetsIn() throws Exception {
    try (PostgresServer server = PostgresServer.start(PostgresSettings.in(dir).fast())) {
      assertThatThrownBy(() ->
              DriverManager.getConnection(server.jdbcUrl("postgres"), PostgresServer.USER, "guess"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
      assertThat(Files.getPosixFilePermissions(dir.resolve("password")))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
  }

  @Test
  void givenARandomPassword_thenAConnectionPaysForOneIterationAndGuessablePasswordsHaveMore()
      throws Exception {
    try (PostgresServer server = PostgresServer.start(PostgresSettings.in(dir).fast())) {
      assertThat(ask(server, "select rolpassword from pg_authid where rolname = 'pacs'"))
          .startsWith("SCRAM-SHA-256$1:");
      assertThat(show(server, "scram_iterations")).isEqualTo("4096");
    }
  }

  @Test
  void givenThePortIsTaken_thenTheReasonIsInTheMessage() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      PostgresSettings settings = PostgresSettings.in(dir).fast().port(taken.getLocalPort());
      assertThatThrownBy(() -> PostgresServer.start(settings))
          .isInstanceOf(EmbeddedServerException.class)
          .hasMessageContaining("" + taken.getLocalPort())
          .hasMessageContaining("Address already in use");
    }
  }

  @Test
  void givenDataOfAnotherVersion_thenItIsLeftAlone() throws Exception {
    Files.createDirectories(dir.resolve("data"));
    Files.writeString(dir.resolve("data/PG_VERSION"), "9.6\n");

    assertThatThrownBy(() -> PostgresServer.start(PostgresSettings.in(dir)))
        .hasMessageContaining("written by PostgreSQL 9.6");
  }

  private static String show(PostgresServer server, String parameter) throws SQLException {
    return ask(server, "show " + parameter);
  }

  private static String ask(PostgresServer server, String query) throws SQLException {
    try (Connection connection = server.connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
