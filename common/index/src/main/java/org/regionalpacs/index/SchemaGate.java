package org.regionalpacs.index;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * The database as it is seen while its schema may not be up to date yet: as one that is down. So
 * everything that bears a database that is away bears a start without it, and nothing ever works on
 * an older schema.
 */
final class SchemaGate extends DelegatingDataSource {
  private final ThreadLocal<Boolean> passing = ThreadLocal.withInitial(() -> false);
  private volatile boolean open;

  SchemaGate(DataSource database) {
    super(database);
  }

  /** Does something that may reach the database in any case, in this thread. */
  void pass(Runnable migration) {
    passing.set(true);
    try {
      migration.run();
    } finally {
      passing.remove();
    }
  }

  /** From now on everybody may reach it. */
  void open() {
    open = true;
  }

  @Override
  public Connection getConnection() throws SQLException {
    require();
    return super.getConnection();
  }

  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    require();
    return super.getConnection(username, password);
  }

  private void require() throws SQLException {
    if (!open && !passing.get()) {
      throw new SQLTransientConnectionException(
          "the database has not been reached since the start, its schema may be out of date");
    }
  }
}
