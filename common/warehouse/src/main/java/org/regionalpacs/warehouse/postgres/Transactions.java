package org.regionalpacs.warehouse.postgres;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import org.regionalpacs.warehouse.RowsRefusedException;
import org.regionalpacs.warehouse.WarehouseUnavailableException;

/** Runs transactions on an up-to-date schema, each to its deadline, and tells what failed. */
final class Transactions {
  private final HikariDataSource database;
  private final WarehouseSchema schema;

  /** What is done in a transaction. */
  @FunctionalInterface
  interface Work<T> {
    /** Does it. */
    T in(Transaction transaction) throws SQLException, RowsRefusedException;
  }

  Transactions(HikariDataSource database, WarehouseSchema schema) {
    this.database = database;
    this.schema = schema;
  }

  /** Does all of it, or nothing. */
  <T> T run(Deadline deadline, Work<T> work)
      throws RowsRefusedException, WarehouseUnavailableException {
    schema.require(deadline);
    try (Connection connection = connect(deadline)) {
      return attempt(new Transaction(connection, deadline), work);
    } catch (SQLException e) {
      switch (Failure.of(e)) {
        case Failure.Refused refused -> throw new RowsRefusedException(refused.message());
        case Failure.Unavailable failed ->
            throw new WarehouseUnavailableException(failed.message(), e);
      }
    }
  }

  /** One that works: after an outage the pool may have some that are cut. */
  private Connection connect(Deadline deadline) throws SQLException {
    while (true) {
      Connection connection = database.getConnection();
      if (connection.isValid(Math.max(1, deadline.millis() / 4000))) {
        return connection;
      }
      database.evictConnection(connection);
      database.getHikariPoolMXBean().softEvictConnections();
    }
  }

  private static <T> T attempt(Transaction transaction, Work<T> work)
      throws SQLException, RowsRefusedException {
    Connection connection = transaction.connection();
    connection.setAutoCommit(false);
    boolean done = false;
    try {
      T result = work.in(transaction);
      // It waits for the disk, and for a replica where that is synchronous.
      transaction.limit();
      connection.commit();
      done = true;
      return result;
    } finally {
      if (!done) {
        rollback(connection);
      }
    }
  }

  private static void rollback(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      // Broken, it is rolled back by the server; what broke it is on its way to the caller.
    }
  }
}
