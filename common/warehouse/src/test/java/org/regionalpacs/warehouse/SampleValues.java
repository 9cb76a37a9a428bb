package org.regionalpacs.warehouse;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rows with values that are hard to keep. */
final class SampleValues {
  private static final List<LocalDate> DAYS =
      List.of(
          LocalDate.parse("2026-02-28"),
          LocalDate.parse("2026-03-01"),
          LocalDate.parse("2026-03-31"),
          LocalDate.parse("2024-02-29"),
          LocalDate.parse("2025-12-31"));

  private static final List<Object> TEXTS =
      List.of(
          "",
          "it's \"quoted\"",
          "back\\slash \\N \\. \\n",
          "two\nlines\r\nand\ta tab",
          "\uD83E\uDDE0 山田^太郎 Ünï",
          "x".repeat(5000),
          "\uD83E\uDDE0".repeat(5000),
          "{\"json\": [1,2]} <xml/> , ; | %s ? $1");

  private SampleValues() {}

  /** Rows of a table, all of one tenant, each of another key. */
  static List<Row> of(WarehouseTable table, String tenant) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Row row = Row.of(table);
      for (int c = 0; c < table.columns().size(); c++) {
        Column column = table.columns().get(c);
        boolean key = c < table.key().size();
        row.set(column.name(), Optional.ofNullable(value(column, key, tenant, i, i + c)));
      }
      rows.add(row);
    }
    return rows;
  }

  private static Object value(Column column, boolean key, String tenant, int row, int choice) {
    if (column.name().equals("tenant")) {
      return tenant;
    }
    if (key) {
      return column.type() == ColumnType.DAY ? DAYS.get(row % DAYS.size()) : row + "." + tenant;
    }
    List<?> choices = choices(column.type());
    return !column.required() && choice % 4 == 0 ? null : choices.get(choice % choices.size());
  }

  private static List<?> choices(ColumnType type) {
    return switch (type) {
      case TEXT -> TEXTS;
      case INT -> List.of(0, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 512);
      case LONG -> List.of(0L, -1L, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 40);
      case DECIMAL ->
          List.of(
              BigDecimal.ZERO,
              new BigDecimal("999999999999999999.999999999"),
              new BigDecimal("-999999999999999999.999999999"),
              new BigDecimal("0.000000001"),
              new BigDecimal("1E+3"));
      case DAY -> DAYS;
      case MOMENT ->
          List.of(
              Instant.EPOCH,
              Instant.parse("2026-03-31T23:59:59.999Z"),
              Instant.parse("2024-02-29T00:00:00.001Z"),
              Instant.parse("1999-12-31T23:59:59Z"),
              Instant.parse("2026-10-25T01:30:00.5Z"));
    };
  }
}
