package org.regionalpacs.warehouse.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A transaction under way, no statement of which goes on behind the deadline.
 *
 * @param connection that it has
 * @param deadline of all of it
 */
record Transaction(Connection connection, Deadline deadline) {
  /** So much later than it should, an answer isn't waited for any more. */
  private static final int GRACE_MILLISECONDS = 1000;

  /** Gives what follows the time that is left, in the server and on the way there. */
  void limit() throws SQLException {
    int left = deadline.millis();
    connection.setNetworkTimeout(Runnable::run, left + GRACE_MILLISECONDS);
    try (Statement statement = connection.createStatement()) {
      statement.execute("set local statement_timeout = " + left);
    }
  }

  /** A statement that is to be executed next. */
  PreparedStatement prepare(String sql) throws SQLException {
    limit();
    return connection.prepareStatement(sql);
  }

  /** Executes a statement; gives the number of rows that it changed. */
  int update(String sql, Object... arguments) throws SQLException {
    try (PreparedStatement statement = prepare(sql)) {
      for (int i = 0; i < arguments.length; i++) {
        statement.setObject(i + 1, arguments[i]);
      }
      return statement.executeUpdate();
    }
  }

  /** Executes what has no arguments. */
  void execute(String sql) throws SQLException {
    limit();
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
