package org.regionalpacs.warehouse.postgres;

import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.regionalpacs.warehouse.RowsRefusedException;
import org.regionalpacs.warehouse.WarehouseTable;
import org.regionalpacs.warehouse.WarehouseUnavailableException;

/**
 * Makes partitions, in transactions of their own, one process at a time. Rows of such a month that
 * are in {@code _rest} (they came when it wasn't there yet) move into it.
 */
final class Partitions {
  /** Of pg_advisory_xact_lock; any number that nobody else uses. */
  private static final int LOCK = 0x7761_7265;

  private final Transactions transactions;
  private final Clock clock;

  Partitions(Transactions transactions, Clock clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Makes those that are missing for these days. */
  void require(WarehouseTable table, Collection<LocalDate> days, Deadline deadline)
      throws RowsRefusedException, WarehouseUnavailableException {
    require(table, Months.of(days, LocalDate.now(clock)), deadline);
  }

  /** Makes this month's and the next one's. */
  void ahead(WarehouseTable table, Deadline deadline)
      throws RowsRefusedException, WarehouseUnavailableException {
    YearMonth month = YearMonth.now(clock);
    require(table, new TreeSet<>(Set.of(month, month.plusMonths(1))), deadline);
  }

  private void require(WarehouseTable table, Set<YearMonth> months, Deadline deadline)
      throws RowsRefusedException, WarehouseUnavailableException {
    Map<String, Set<YearMonth>> missing = new ConcurrentHashMap<>();
    transactions.run(
        deadline,
        transaction -> {
          for (String name : Months.tables(table)) {
            missing.put(name, missing(transaction, name, months));
          }
          return true;
        });
    for (Map.Entry<String, Set<YearMonth>> of : missing.entrySet()) {
      for (YearMonth month : of.getValue()) {
        transactions.run(deadline, transaction -> make(transaction, of.getKey(), month));
      }
    }
  }

  private static Set<YearMonth> missing(
      Transaction transaction, String table, Set<YearMonth> months) throws SQLException {
    Set<String> present = Months.present(transaction, table);
    Set<YearMonth> missing = new TreeSet<>(months);
    missing.removeIf(month -> present.contains(Months.partition(table, month)));
    return missing;
  }

  private static boolean make(Transaction transaction, String table, YearMonth month)
      throws SQLException {
    transaction.execute("select pg_advisory_xact_lock(" + LOCK + ")");
    if (missing(transaction, table, Set.of(month)).isEmpty()) {
      return false;
    }
    String parent = WarehouseSchema.NAME + "." + table;
    String fresh = WarehouseSchema.NAME + "." + Months.partition(table, month);
    LocalDate first = month.atDay(1);
    LocalDate end = month.plusMonths(1).atDay(1);
    transaction.execute("create table %s (like %s including all)".formatted(fresh, parent));
    // Attaching asks for it, and asking later, with rows of it locked, could be in a circle.
    transaction.execute("lock table %s_rest in access exclusive mode".formatted(parent));
    transaction.execute(
        """
        with moved as (delete from %s_rest where %s >= '%s' and %2$s < '%s' returning *)
        insert into %s select * from moved
        """
            .formatted(parent, day(table), first, end, fresh));
    transaction.execute(
        "alter table %s attach partition %s for values from ('%s') to ('%s')"
            .formatted(parent, fresh, first, end));
    return true;
  }

  /** The column that a table is partitioned by. */
  static String day(String table) {
    for (WarehouseTable of : WarehouseTable.values()) {
      if (Months.tables(of).contains(table)) {
        return of.day().name();
      }
    }
    throw new IllegalArgumentException(table);
  }
}
