package org.regionalpacs.test.doris;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A MariaDB, where one is installed (Debian's mariadb-server-core), that answers in place of Doris
 * what is asked by the MySQL protocol. It has no passwords.
 */
public final class MariaDb implements AutoCloseable {
  /** A partition in which nothing can be: the server wants one always, Doris none. */
  static final String NO_PARTITION = "none";

  private static final Path PROGRAM = Path.of("/usr/sbin/mariadbd");
  private static final Duration LONGEST_START = Duration.ofSeconds(60);

  /** The function of Doris that has another name here. */
  private static final Pattern DIFFERENCE =
      Pattern.compile("MILLISECONDS_DIFF\\(([`\\w]+), ([`\\w]+)\\)");

  private static final String DIFFERENCE_HERE = "TIMESTAMPDIFF(MICROSECOND, $2, $1) DIV 1000";

  private final Path dir;
  private final Process process;
  private final int port;
  private final String database;

  private MariaDb(Path dir, Process process, int port, String database) {
    this.dir = dir;
    this.process = process;
    this.port = port;
    this.database = database;
  }

  /** Starts one with these tables and views; empty where none is installed. */
  static Optional<MariaDb> start(String database, List<DorisTable> tables, List<String> views)
      throws IOException, SQLException {
    if (!Files.isExecutable(PROGRAM)) {
      return Optional.empty();
    }
    Path dir = Files.createTempDirectory("mariadb");
    int port = freePort();
    Process process =
        new ProcessBuilder(
                // The shell ends the server when this JVM ends, however it ends.
                "/bin/sh",
                "-c",
                "\"$@\" </dev/null & child=$!; while read -r _; do :; done; kill -KILL $child",
                "guard",
                PROGRAM.toString(),
                "--no-defaults",
                "--datadir=" + dir,
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--socket=" + dir.resolve("socket"),
                "--user=" + System.getProperty("user.name"),
                "--skip-grant-tables",
                "--skip-log-bin",
                "--innodb-buffer-pool-size=16M",
                "--innodb-flush-log-at-trx-commit=0",
                "--character-set-server=utf8mb4",
                "--collation-server=utf8mb4_bin")
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("log").toFile())
            .start();
    MariaDb server = new MariaDb(dir, process, port, database);
    try {
      server.create(tables, views);
      return Optional.of(server);
    } catch (SQLException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  public int port() {
    return port;
  }

  private void create(List<DorisTable> tables, List<String> views) throws SQLException {
    try (Connection connection = firstConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + database);
      for (DorisTable table : tables) {
        statement.execute(ddl(table));
      }
      statement.execute("USE " + database);
      for (String view : views) {
        statement.execute(DIFFERENCE.matcher(view).replaceAll(DIFFERENCE_HERE));
      }
    }
  }

  private Connection firstConnection() throws SQLException {
    long end = System.nanoTime() + LONGEST_START.toNanos();
    while (true) {
      try {
        return connect("");
      } catch (SQLException e) {
        if (!process.isAlive() || System.nanoTime() > end) {
          throw e;
        }
        Thread.onSpinWait();
      }
    }
  }

  private Connection connect(String into) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mariadb://127.0.0.1:" + port + "/" + into + "?connectTimeout=2000", "root", "");
  }

  private String ddl(DorisTable table) {
    String columns =
        table.columns().stream().map(MariaDb::column).collect(Collectors.joining(", "));
    String key = table.unique() ? ", PRIMARY KEY (" + String.join(", ", table.key()) + ")" : "";
    return "CREATE TABLE "
        + database
        + "."
        + table.name()
        + " ("
        + columns
        + key
        + ")"
        + " PARTITION BY LIST COLUMNS("
        + table.day()
        + ") (PARTITION "
        + NO_PARTITION
        + " VALUES IN (NULL))";
  }

  private static String column(DorisColumn column) {
    // Lengths are characters here and bytes in Doris.
    String type =
        column.type().equals("VARCHAR") ? "VARCHAR(" + column.size() / 4 + ")" : column.sqlType();
    return column.name() + " " + type + (column.nullable() ? " NULL" : " NOT NULL");
  }

  /** All or none. */
  void insert(DorisTable table, List<JsonNode> rows) {
    String places = String.join(", ", Collections.nCopies(table.columns().size(), "?"));
    String sql =
        (table.unique() ? "REPLACE INTO " : "INSERT INTO ")
            + table.name()
            + " VALUES ("
            + places
            + ")";
    try (Connection connection = connect(database);
        PreparedStatement statement = connection.prepareStatement(sql)) {
      partitions(connection, table, rows);
      connection.setAutoCommit(false);
      for (JsonNode row : rows) {
        for (int i = 0; i < table.columns().size(); i++) {
          JsonNode value = row.path(table.columns().get(i).name());
          statement.setString(i + 1, value.isNull() ? null : value.asString());
        }
        statement.addBatch();
      }
      statement.executeBatch();
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Those that Doris makes by itself for days of rows (AUTO PARTITION), with its names. */
  private static void partitions(Connection connection, DorisTable table, List<JsonNode> rows)
      throws SQLException {
    Set<String> days =
        rows.stream()
            .map(row -> row.path(table.day()).asString())
            .collect(Collectors.toCollection(TreeSet::new));
    try (Statement statement = connection.createStatement()) {
      for (String day : days) {
        statement.execute(
            "ALTER TABLE %s ADD PARTITION IF NOT EXISTS (PARTITION p%s000000 VALUES IN ('%s'))"
                .formatted(table.name(), day.replace("-", ""), day));
      }
    }
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      process.onExit().join();
      try (Stream<Path> files = Files.walk(dir)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
