package org.regionalpacs.warehouse.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.regionalpacs.warehouse.WarehouseTable;

/**
 * The partitions of a table, one a month: {@code dicom_image_meta_2026_03}. Days before 1990 and
 * after the next day get none, they go to the partition {@code _rest}: so no clock or file that
 * tells nonsense makes more than are of use.
 */
final class Months {
  private static final LocalDate FIRST = LocalDate.of(1990, 1, 1);
  private static final Pattern NAME = Pattern.compile("_(\\d{4})_(\\d{2})$");

  private Months() {}

  /** The tables that are partitioned alike. */
  static List<String> tables(WarehouseTable table) {
    return table == WarehouseTable.DICOM_IMAGE_META
        ? List.of(table.table(), ReceivedSeries.TABLE)
        : List.of(table.table());
  }

  /** The months of days for which there may be partitions. */
  static Set<YearMonth> of(Collection<LocalDate> days, LocalDate today) {
    Set<YearMonth> months = new TreeSet<>();
    for (LocalDate day : days) {
      if (!day.isBefore(FIRST) && !day.isAfter(today.plusDays(1))) {
        months.add(YearMonth.from(day));
      }
    }
    return months;
  }

  static String partition(String table, YearMonth month) {
    return "%s_%04d_%02d".formatted(table, month.getYear(), month.getMonthValue());
  }

  /** The month of a partition, none of {@code _rest}. */
  static Optional<YearMonth> month(String partition) {
    Matcher name = NAME.matcher(partition);
    return name.find()
        ? Optional.of(
            YearMonth.of(Integer.parseInt(name.group(1)), Integer.parseInt(name.group(2))))
        : Optional.empty();
  }

  /** The names of a table's partitions. */
  static Set<String> present(Transaction transaction, String table) throws SQLException {
    Set<String> names = new HashSet<>();
    try (PreparedStatement statement =
        transaction.prepare(
            """
            select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
             where i.inhparent = (? || '.' || ?)::regclass
            """)) {
      statement.setString(1, WarehouseSchema.NAME);
      statement.setString(2, table);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          names.add(rows.getString(1));
        }
      }
    }
    return names;
  }
}
