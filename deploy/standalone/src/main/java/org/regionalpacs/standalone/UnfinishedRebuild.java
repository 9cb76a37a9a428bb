package org.regionalpacs.standalone;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A rebuild that was broken off when it had dropped the index. */
final class UnfinishedRebuild {
  private static final Logger LOG = LoggerFactory.getLogger(UnfinishedRebuild.class);

  private UnfinishedRebuild() {}

  /** Whether there is one; not, as far as anybody knows, when the database can't be asked. */
  static boolean in(DataFolder folder, RunState state) {
    return asked(folder, state).orElse(false);
  }

  /** Whether there is none for certain. */
  static boolean isNone(DataFolder folder, RunState state) {
    return asked(folder, state).filter(unfinished -> !unfinished).isPresent();
  }

  private static Optional<Boolean> asked(DataFolder folder, RunState state) {
    ProductDatabase database = ProductDatabase.of(folder, state);
    try (Connection connection = DriverManager.getConnection(database.url(), database.login())) {
      return Optional.of(in(connection));
    } catch (SQLException e) {
      LOG.warn("Whether a rebuild was broken off isn't known: {}", e.getMessage());
      return Optional.empty();
    }
  }

  static boolean in(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("select count(*) from rebuild where phase = 'indexing'")) {
      row.next();
      return row.getInt(1) > 0;
    }
  }
}
