package org.regionalpacs.warehouse.doris;

import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.regionalpacs.warehouse.RetentionProperties;
import org.regionalpacs.warehouse.WarehouseQuery;
import org.regionalpacs.warehouse.WarehouseTable;
import org.regionalpacs.warehouse.WarehouseUnavailableException;
import org.regionalpacs.warehouse.WarehouseUpkeep;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops the days that aren't kept, a partition each. Doris makes partitions itself, as rows need
 * them.
 */
final class DorisUpkeep implements WarehouseUpkeep {
  private static final Logger LOG = LoggerFactory.getLogger(DorisUpkeep.class);

  /** Of a table at a time; what is left goes the next time. */
  private static final int MOST = 1000;

  private static final int MOST_LISTED = 100_000;

  /** The column PartitionName of SHOW PARTITIONS. */
  private static final int NAME = 1;

  private final DorisWarehouse warehouse;
  private final String database;
  private final RetentionProperties retention;
  private final Clock clock;

  DorisUpkeep(
      DorisWarehouse warehouse, String database, RetentionProperties retention, Clock clock) {
    this.warehouse = warehouse;
    this.database = database;
    this.retention = retention;
    this.clock = clock;
  }

  /** A table that fails doesn't keep the others from losing what isn't to be kept. */
  @Override
  public int run() throws WarehouseUnavailableException {
    int dropped = 0;
    List<WarehouseUnavailableException> failures = new ArrayList<>();
    LocalDate today = LocalDate.now(clock);
    for (WarehouseTable table : WarehouseTable.values()) {
      Optional<LocalDate> first = retention.first(table, today);
      try {
        dropped += first.isPresent() ? drop(table, first.get()) : 0;
      } catch (WarehouseUnavailableException e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
    return dropped;
  }

  private int drop(WarehouseTable table, LocalDate first) throws WarehouseUnavailableException {
    List<LocalDate> old = before(first, table);
    for (LocalDate day : old) {
      drop(table.table(), DayPartition.name(day));
    }
    if (!old.isEmpty()) {
      LOG.info(
          "Dropped {} days of {}, {} to {}: older than {}",
          old.size(),
          table.table(),
          old.getFirst(),
          old.getLast(),
          first);
    }
    return old.size();
  }

  /** The days of a table that are older, the oldest first. */
  private List<LocalDate> before(LocalDate first, WarehouseTable table)
      throws WarehouseUnavailableException {
    WarehouseQuery partitions =
        new WarehouseQuery(
            "SHOW PARTITIONS FROM {%s}".formatted(table.table()), List.of(), MOST_LISTED);
    List<LocalDate> days = new ArrayList<>();
    warehouse
        .query(partitions, row -> DayPartition.day(String.valueOf(row.get(NAME))))
        .forEach(day -> day.filter(first::isAfter).ifPresent(days::add));
    return days.stream().sorted(Comparator.naturalOrder()).limit(MOST).toList();
  }

  /** One that another process dropped in the meantime is dropped. */
  private void drop(String table, String partition) throws WarehouseUnavailableException {
    try {
      warehouse.execute(
          "ALTER TABLE `%s`.`%s` DROP PARTITION IF EXISTS `%s`"
              .formatted(database, table, partition));
    } catch (SQLException e) {
      String reason =
          String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("denied")
              ? "pacs.warehouse.doris.user needs ALTER_PRIV on the database " + database
              : "SQL state %s, code %d".formatted(e.getSQLState(), e.getErrorCode());
      throw new WarehouseUnavailableException(
          "Doris has not dropped %s of %s, which isn't to be kept: %s"
              .formatted(partition, table, reason),
          e);
    }
  }
}
