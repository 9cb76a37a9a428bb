package org.regionalpacs.warehouse.postgres;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.regionalpacs.warehouse.Batch;
import org.regionalpacs.warehouse.Column;
import org.regionalpacs.warehouse.Row;
import org.regionalpacs.warehouse.RowsRefusedException;
import org.regionalpacs.warehouse.WarehouseTable;

/**
 * Writes rows into a temporary table of the connection, {@link #name}, which has a column {@code n}
 * for their order and is empty again after the transaction. COPY's text format (PostgreSQL
 * documentation, COPY, "Text Format").
 */
final class CopyRows {
  private static final int PIECE = 1 << 16;

  private CopyRows() {}

  /** The temporary table's name. */
  static String name(WarehouseTable table) {
    return "incoming_" + table.table();
  }

  static String columns(WarehouseTable table) {
    return table.columns().stream().map(Column::name).collect(Collectors.joining(", "));
  }

  /** Copies all of them. */
  static void copy(Transaction transaction, Batch batch) throws SQLException, RowsRefusedException {
    WarehouseTable table = batch.table();
    transaction.execute(
        "create temp table if not exists %s (like %s.%s, n integer) on commit delete rows"
            .formatted(name(table), WarehouseSchema.NAME, table.table()));
    transaction.limit();
    CopyIn copy =
        transaction
            .connection()
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("copy pg_temp.%s (%s, n) from stdin".formatted(name(table), columns(table)));
    try {
      StringBuilder text = new StringBuilder();
      for (int n = 1; n <= batch.rows().size(); n++) {
        append(text, batch.rows().get(n - 1), n);
        if (text.length() >= PIECE || n == batch.rows().size()) {
          byte[] piece = text.toString().getBytes(StandardCharsets.UTF_8);
          copy.writeToCopy(piece, 0, piece.length);
          text.setLength(0);
        }
      }
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private static void append(StringBuilder text, Row row, int n) throws RowsRefusedException {
    List<Column> columns = row.table().columns();
    for (int i = 0; i < columns.size(); i++) {
      Optional<Object> value = row.value(i);
      if (value.isEmpty() && columns.get(i).required()) {
        throw new RowsRefusedException("row %d has no %s".formatted(n, columns.get(i).name()));
      }
      append(text, value);
      text.append('\t');
    }
    text.append(n).append('\n');
  }

  private static void append(StringBuilder text, Optional<Object> value) {
    switch (value.orElse(null)) {
      case null -> text.append("\\N");
      case String string -> escape(text, string);
      case Instant moment -> text.append(moment.truncatedTo(ChronoUnit.MILLIS));
      case Object other -> text.append(other);
    }
  }

  private static void escape(StringBuilder text, String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> text.append(c);
      }
    }
  }
}
