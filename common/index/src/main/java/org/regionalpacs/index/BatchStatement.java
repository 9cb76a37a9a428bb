package org.regionalpacs.index;

import java.sql.PreparedStatement;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/**
 * A statement that takes many {@link Rows}. Where it locks rows, it does so in the order given, so
 * callers sort.
 *
 * <p>Rows are looked up by {@code cross join lateral (select ... offset 0)}, key by key: OFFSET
 * keeps PostgreSQL from choosing a join that reads the table from end to end for a few hundred
 * keys.
 *
 * @param rows its parameters
 * @param sql with {@code %1$s} for the names of the columns and {@code %2$s} for the table
 *     expression of the rows
 */
record BatchStatement<R>(Rows<R> rows, String sql) {

  BatchStatement {
    sql = sql.formatted(rows.names(), rows.source());
  }

  /** Runs the statement; no rows, no statement. */
  void execute(JdbcTemplate jdbc, List<? extends R> batch) {
    if (!batch.isEmpty()) {
      jdbc.execute(rows.bind(sql, batch), PreparedStatement::executeUpdate);
    }
  }

  /** Runs the statement and reads what it returns. */
  <T> List<T> query(JdbcTemplate jdbc, List<? extends R> batch, RowMapper<T> mapper) {
    return batch.isEmpty() ? List.of() : jdbc.query(rows.bind(sql, batch), mapper);
  }
}
