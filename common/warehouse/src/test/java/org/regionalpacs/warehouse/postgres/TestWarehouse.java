package org.regionalpacs.warehouse.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.regionalpacs.test.Database;
import org.regionalpacs.test.RealServices;

/** A warehouse in a database of its own. */
public final class TestWarehouse implements AutoCloseable {
  /** How it is set. */
  static final PostgresWarehouseProperties PROPERTIES =
      new PostgresWarehouseProperties("", "", "", 4, Duration.ofSeconds(60), Duration.ofDays(30));

  private final Database database = RealServices.postgres();
  private final PostgresWarehouse warehouse;

  /** One that takes this for the time. */
  public TestWarehouse(Clock clock) {
    this.warehouse = another(clock);
  }

  /** That a second process would have. */
  PostgresWarehouse another(Clock clock) {
    return new PostgresWarehouse(
        new DatabaseAddress(database.url(), database.user(), database.password()),
        PROPERTIES,
        clock);
  }

  /** It. */
  public PostgresWarehouse warehouse() {
    return warehouse;
  }

  /** Connects to its database as somebody else. */
  Connection connect(String user, String password) throws SQLException {
    return DriverManager.getConnection(database.url(), user, password);
  }

  /** Executes SQL in its database. */
  public void execute(String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first column of what SQL finds in its database. */
  public List<String> read(String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  @Override
  public void close() {
    warehouse.close();
  }
}
