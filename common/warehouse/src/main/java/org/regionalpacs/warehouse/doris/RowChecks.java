package org.regionalpacs.warehouse.doris;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.regionalpacs.warehouse.Column;
import org.regionalpacs.warehouse.Row;
import org.regionalpacs.warehouse.RowsRefusedException;

/**
 * What Doris isn't left to decide: versions differ in whether a number that is too large fails, or
 * is cut, or becomes null.
 */
final class RowChecks {
  private static final int DECIMAL_WHOLE = 18;
  private static final BigDecimal DECIMAL_END = BigDecimal.TEN.pow(DECIMAL_WHOLE);
  private static final int LAST_YEAR = 9999;
  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

  private RowChecks() {}

  static void check(List<Row> rows) throws RowsRefusedException {
    for (int r = 0; r < rows.size(); r++) {
      List<Column> columns = rows.get(r).table().columns();
      for (int c = 0; c < columns.size(); c++) {
        Optional<Object> value = rows.get(r).value(c);
        String against = against(columns.get(c), value);
        if (!against.isEmpty()) {
          throw new RowsRefusedException(
              "row %d of %s: %s %s"
                  .formatted(r + 1, rows.get(r).table().table(), columns.get(c).name(), against));
        }
      }
    }
  }

  private static String against(Column column, Optional<Object> value) {
    if (value.isEmpty()) {
      return column.required() ? "has no value" : "";
    }
    return switch (value.get()) {
      case BigDecimal number when tooLarge(number) -> "is too large a number";
      case LocalDate day when day.getYear() < 0 || day.getYear() > LAST_YEAR ->
          "is not of the years 0 to 9999";
      case Instant moment when moment.isBefore(FIRST) || !moment.isBefore(END) ->
          "is not of the years 0 to 9999";
      default -> "";
    };
  }

  private static boolean tooLarge(BigDecimal number) {
    if (number.signum() == 0) {
      return false;
    }
    // First by its digits: to round 1E+999999999 would take a while.
    return number.precision() - number.scale() > 2 * DECIMAL_WHOLE
        || JsonLines.rounded(number).abs().compareTo(DECIMAL_END) >= 0;
  }
}
