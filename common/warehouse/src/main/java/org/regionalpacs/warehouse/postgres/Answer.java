package org.regionalpacs.warehouse.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.regionalpacs.warehouse.WarehouseQuery;

/** Asks a query. */
final class Answer {
  private static final Pattern TABLE = Pattern.compile("\\{([a-z_]+)}");

  private Answer() {}

  static <T> List<T> read(
      Transaction transaction, WarehouseQuery query, Function<List<Object>, T> row)
      throws SQLException {
    transaction.execute("set transaction read only");
    // Grouping by study and series stays in memory; by default it goes to disk.
    transaction.execute("set local work_mem = '64MB'");
    String sql = TABLE.matcher(query.sql()).replaceAll(WarehouseSchema.NAME + ".$1");
    try (PreparedStatement statement = transaction.prepare(sql)) {
      for (int i = 0; i < query.arguments().size(); i++) {
        statement.setObject(i + 1, argument(query.arguments().get(i)));
      }
      statement.setMaxRows(query.most());
      List<T> rows = new ArrayList<>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          rows.add(row.apply(values(result)));
        }
      }
      return rows;
    }
  }

  private static Object argument(Object argument) {
    return argument instanceof Instant moment ? moment.atOffset(ZoneOffset.UTC) : argument;
  }

  private static List<Object> values(ResultSet row) throws SQLException {
    int columns = row.getMetaData().getColumnCount();
    List<Object> values = new ArrayList<>(columns);
    for (int i = 1; i <= columns; i++) {
      values.add(value(row, i));
    }
    return Collections.unmodifiableList(values);
  }

  private static Object value(ResultSet row, int column) throws SQLException {
    return switch (row.getMetaData().getColumnType(column)) {
      case Types.DATE -> row.getObject(column, LocalDate.class);
      case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> {
        OffsetDateTime moment = row.getObject(column, OffsetDateTime.class);
        yield moment == null ? null : moment.toInstant();
      }
      default -> row.getObject(column);
    };
  }
}
