package org.regionalpacs.warehouse.postgres;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.regionalpacs.warehouse.Column;
import org.regionalpacs.warehouse.WarehouseTable;

/**
 * Moves the rows of {@link CopyRows} into their table, of those with the same key the one that
 * counts ({@link WarehouseTable#order}). They are written in the order of their keys, so that loads
 * which have keys in common wait for each other and never in a circle. What is there already isn't
 * written again.
 */
final class Upsert {
  private Upsert() {}

  static void move(Transaction transaction, WarehouseTable table) throws SQLException {
    List<Column> others = table.columns().subList(table.key().size(), table.columns().size());
    String key = list(table.key(), "");
    transaction.execute(
        """
        insert into %1$s.%2$s as old (%3$s)
        select distinct on (%4$s) %3$s from pg_temp.%5$s order by %4$s, %9$sn desc
        on conflict (%4$s) do update set (%6$s) = row(%7$s)
         where row(%8$s) is distinct from row(%7$s)%10$s
        """
            .formatted(
                WarehouseSchema.NAME,
                table.table(),
                CopyRows.columns(table),
                key,
                CopyRows.name(table),
                list(others, ""),
                list(others, "excluded."),
                list(others, "old."),
                table.order().map(column -> column.name() + " desc, ").orElse(""),
                table.order().map(Upsert::notLower).orElse("")));
  }

  private static String notLower(Column order) {
    return " and excluded.%1$s >= old.%1$s".formatted(order.name());
  }

  private static String list(List<Column> columns, String prefix) {
    return columns.stream().map(column -> prefix + column.name()).collect(Collectors.joining(", "));
  }
}
