package org.regionalpacs.warehouse.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Where the warehouse is.
 *
 * @param url JDBC URL
 * @param user its user
 * @param password of the user
 */
record DatabaseAddress(String url, String user, String password) {
  private static final int CONNECT_SECONDS = 5;
  private static final int MIGRATION_SECONDS = 3600;
  private static final int HIKARI_SHORTEST_MILLISECONDS = 250;

  /** Connections for migrations: an index on many rows takes its time. */
  DataSource unhurried() {
    return source(CONNECT_SECONDS, MIGRATION_SECONDS);
  }

  /** A connection outside the pool, for which nothing takes longer than so many seconds. */
  Connection connect(int seconds) throws SQLException {
    return source(seconds, seconds).getConnection();
  }

  private DataSource source(int connectSeconds, int answerSeconds) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    source.setUser(user);
    source.setPassword(password);
    source.setConnectTimeout(connectSeconds);
    source.setLoginTimeout(connectSeconds);
    source.setSocketTimeout(answerSeconds);
    return source;
  }

  /**
   * A pool, empty until it is needed.
   *
   * @param wait for a connection, at most
   */
  HikariDataSource pool(int connections, Duration wait) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("warehouse");
    config.setJdbcUrl(url);
    config.setUsername(user);
    config.setPassword(password);
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(0);
    config.setIdleTimeout(Duration.ofMinutes(1).toMillis());
    config.setInitializationFailTimeout(-1);
    long millis = Math.max(HIKARI_SHORTEST_MILLISECONDS, wait.toMillis());
    config.setConnectionTimeout(millis);
    config.setValidationTimeout(millis);
    config.addDataSourceProperty("connectTimeout", CONNECT_SECONDS);
    config.addDataSourceProperty("loginTimeout", CONNECT_SECONDS);
    config.addDataSourceProperty("socketTimeout", Math.max(1, wait.toSeconds()));
    config.addDataSourceProperty("tcpKeepAlive", true);
    return new HikariDataSource(config);
  }
}
