package org.regionalpacs.warehouse.doris;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.regionalpacs.warehouse.WarehouseQuery;
import org.regionalpacs.warehouse.WarehouseUnavailableException;

/** Queries by the MySQL protocol, on any frontend that answers. */
final class DorisQueries implements AutoCloseable {
  /** The driver found the connection lost, and has another one. */
  private static final String RECONNECTED = "25S03";

  private final DorisProperties settings;
  private final HikariDataSource connections;

  DorisQueries(DorisProperties settings) {
    this.settings = settings;
    this.connections = new HikariDataSource(pool(settings));
  }

  private static HikariConfig pool(DorisProperties settings) {
    long millis = settings.queryTimeout().toMillis();
    String hosts =
        settings.frontends().stream()
            .map(URI::getHost)
            .map(host -> host + ":" + settings.queryPort())
            .collect(Collectors.joining(","));
    HikariConfig pool = new HikariConfig();
    pool.setPoolName("doris");
    pool.setJdbcUrl("jdbc:mariadb:loadbalance://" + hosts + "/" + settings.database());
    pool.setUsername(settings.user());
    pool.setPassword(settings.password());
    Properties driver = new Properties();
    driver.setProperty("connectTimeout", Long.toString(settings.connectTimeout().toMillis()));
    // Doris ends a query itself by its hint; this is for when it doesn't answer at all.
    driver.setProperty("socketTimeout", Long.toString(millis + 1000));
    driver.setProperty("tinyInt1isBit", "false");
    driver.setProperty("allowLocalInfile", "false");
    driver.setProperty("retriesAllDown", "2");
    pool.setDataSourceProperties(driver);
    pool.setMaximumPoolSize(settings.connections());
    pool.setMinimumIdle(0);
    pool.setConnectionTimeout(Math.max(millis, 250));
    pool.setInitializationFailTimeout(-1);
    return pool;
  }

  <T> List<T> query(WarehouseQuery query, Function<List<Object>, T> row)
      throws WarehouseUnavailableException {
    String sql = DorisSql.of(query.sql(), settings.database(), settings.queryTimeout());
    Deadline soon = Deadline.after(settings.queryTimeout().dividedBy(2));
    try {
      return once(sql, query, row);
    } catch (SQLException e) {
      if (!lost(e) || soon.passed()) {
        throw unavailable(e);
      }
    }
    try {
      return once(sql, query, row);
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  /** Whether the other side had closed a connection of the pool, as when a frontend restarted. */
  private static boolean lost(SQLException e) {
    return e instanceof SQLNonTransientConnectionException || RECONNECTED.equals(e.getSQLState());
  }

  /** Without the message, which may quote arguments. */
  private static WarehouseUnavailableException unavailable(SQLException e) {
    return new WarehouseUnavailableException(
        "Doris has not answered a query: %s, SQL state %s, code %d"
            .formatted(e.getClass().getSimpleName(), e.getSQLState(), e.getErrorCode()));
  }

  private <T> List<T> once(String sql, WarehouseQuery query, Function<List<Object>, T> row)
      throws SQLException {
    try (Connection connection = connections.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setMaxRows(query.most());
      for (int i = 0; i < query.arguments().size(); i++) {
        statement.setObject(i + 1, argument(query.arguments().get(i)));
      }
      List<T> rows = new ArrayList<>();
      try (ResultSet results = statement.executeQuery()) {
        while (rows.size() < query.most() && results.next()) {
          rows.add(row.apply(columns(results)));
        }
      }
      return rows;
    }
  }

  private static Object argument(Object value) {
    return switch (value) {
      case Instant moment -> JsonLines.text(moment);
      case LocalDate day -> day.toString();
      default -> value;
    };
  }

  private static List<Object> columns(ResultSet results) throws SQLException {
    ResultSetMetaData types = results.getMetaData();
    List<Object> values = new ArrayList<>(types.getColumnCount());
    for (int i = 1; i <= types.getColumnCount(); i++) {
      values.add(
          switch (types.getColumnType(i)) {
            case Types.DATE -> results.getObject(i, LocalDate.class);
            case Types.TIMESTAMP -> {
              LocalDateTime moment = results.getObject(i, LocalDateTime.class);
              yield moment == null ? null : moment.toInstant(ZoneOffset.UTC);
            }
            default -> {
              Object value = results.getObject(i);
              yield value == null || value instanceof Number ? value : results.getString(i);
            }
          });
    }
    return values;
  }

  /** Executes what changes the tables; where the pool's connection had been lost, once more. */
  void execute(String sql) throws SQLException {
    try {
      executeOnce(sql);
    } catch (SQLException e) {
      if (!lost(e)) {
        throw e;
      }
      executeOnce(sql);
    }
  }

  private void executeOnce(String sql) throws SQLException {
    try (Connection connection = connections.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Whether a frontend answers a query. */
  boolean answers() {
    try (Connection connection = connections.getConnection();
        PreparedStatement statement = connection.prepareStatement("SELECT 1")) {
      return statement.executeQuery().next();
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public void close() {
    connections.close();
  }
}
