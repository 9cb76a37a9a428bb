package org.regionalpacs.warehouse.doris;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.regionalpacs.warehouse.WarehouseTable;

/**
 * A real Doris: {@code -Ddoris.fe=http://host:8030}, and where they aren't 9030, root and empty
 * {@code -Ddoris.queryPort -Ddoris.user -Ddoris.password}.
 */
final class RealDoris {
  /** Made with the real DDL, and left. */
  static final String DATABASE = "pacs_contract";

  static final URI FRONTEND = URI.create(System.getProperty("doris.fe", "http://none"));
  static final int QUERY_PORT = Integer.getInteger("doris.queryPort", 9030);
  private static final String USER = System.getProperty("doris.user", "root");
  private static final String PASSWORD = System.getProperty("doris.password", "");

  private RealDoris() {}

  static void createTables() throws Exception {
    try (Connection connection = connect("");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE IF NOT EXISTS " + DATABASE);
      statement.execute("USE " + DATABASE);
      for (WarehouseTable table : WarehouseTable.values()) {
        statement.execute(DorisDdl.of(table, 1));
      }
      statement.execute(DorisDdl.view());
    }
  }

  /** By MySQL's protocol. */
  static Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mariadb://%s:%d/%s".formatted(FRONTEND.getHost(), QUERY_PORT, database),
        USER,
        PASSWORD);
  }

  /** By a frontend at another place. */
  static DorisProperties settings(URI frontend, int queryPort) {
    return new DorisProperties(
        List.of(frontend),
        queryPort,
        DATABASE,
        USER,
        PASSWORD,
        Duration.ofSeconds(3),
        Duration.ofSeconds(20),
        Duration.ofSeconds(20),
        Duration.ofSeconds(10),
        4,
        Duration.ofSeconds(1),
        true);
  }

  static DorisProperties settings() {
    return settings(FRONTEND, QUERY_PORT);
  }
}
