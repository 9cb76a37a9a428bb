package org.regionalpacs.index;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.PreparedStatementCreator;

/**
 * Many rows as parameters of one statement: each column is one array, which {@code unnest} turns
 * into a table. The statement's text is the same for every number of rows, so it is prepared once.
 *
 * @param <R> what one row is made of
 */
final class Rows<R> {
  private record Column<R>(String name, String type, Function<? super R, ?> value) {}

  private final List<Column<R>> columns = new ArrayList<>();

  Rows<R> text(String name, Function<? super R, ?> value) {
    return column(name, "text", value);
  }

  Rows<R> integer(String name, Function<? super R, Integer> value) {
    return column(name, "int4", value);
  }

  Rows<R> optional(String name, Function<? super R, OptionalInt> value) {
    return column(
        name,
        "int4",
        row -> {
          OptionalInt number = value.apply(row);
          return number.isPresent() ? number.getAsInt() : null;
        });
  }

  Rows<R> optionalText(String name, Function<? super R, Optional<String>> value) {
    return column(name, "text", row -> value.apply(row).orElse(null));
  }

  Rows<R> optionalNumber(String name, Function<? super R, OptionalDouble> value) {
    return column(
        name,
        "float8",
        row -> {
          OptionalDouble number = value.apply(row);
          return number.isPresent() ? number.getAsDouble() : null;
        });
  }

  Rows<R> bigint(String name, Function<? super R, Long> value) {
    return column(name, "int8", value);
  }

  Rows<R> uuid(String name, Function<? super R, ?> value) {
    return column(name, "uuid", value);
  }

  private Rows<R> column(String name, String type, Function<? super R, ?> value) {
    columns.add(new Column<>(name, type, value));
    return this;
  }

  /** The table expression, to be named by the caller: {@code from <source> as r(<names>)}. */
  String source() {
    return columns.stream()
        .map(column -> "?::" + column.type() + "[]")
        .collect(Collectors.joining(", ", "unnest(", ") as r(" + names() + ")"));
  }

  /** The names of the columns, joined by commas. */
  String names() {
    return columns.stream().map(Column::name).collect(Collectors.joining(", "));
  }

  /** The statement with these rows bound to its only {@link #source}. */
  PreparedStatementCreator bind(String sql, List<? extends R> rows) {
    return connection -> {
      PreparedStatement statement = connection.prepareStatement(sql);
      for (int i = 0; i < columns.size(); i++) {
        statement.setArray(i + 1, array(connection, columns.get(i), rows));
      }
      return statement;
    };
  }

  private static <R> Array array(Connection connection, Column<R> column, List<? extends R> rows)
      throws SQLException {
    Object[] values = new Object[rows.size()];
    IntStream.range(0, values.length).forEach(i -> values[i] = column.value().apply(rows.get(i)));
    return connection.createArrayOf(column.type(), values);
  }
}
