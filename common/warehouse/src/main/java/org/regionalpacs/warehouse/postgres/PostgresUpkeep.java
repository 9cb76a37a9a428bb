package org.regionalpacs.warehouse.postgres;

import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;
import org.regionalpacs.warehouse.RetentionProperties;
import org.regionalpacs.warehouse.RowsRefusedException;
import org.regionalpacs.warehouse.WarehouseTable;
import org.regionalpacs.warehouse.WarehouseUnavailableException;
import org.regionalpacs.warehouse.WarehouseUpkeep;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes partitions for the next month, drops the months that aren't kept, forgets old labels. */
public final class PostgresUpkeep implements WarehouseUpkeep {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresUpkeep.class);

  /** A drop stands before the table's readers and writers while it waits, so it waits so long. */
  private static final String LOCK_WAIT = "3s";

  private final PostgresWarehouse warehouse;
  private final PostgresWarehouseProperties properties;
  private final RetentionProperties retention;
  private final Clock clock;

  PostgresUpkeep(
      PostgresWarehouse warehouse,
      PostgresWarehouseProperties properties,
      RetentionProperties retention,
      Clock clock) {
    this.warehouse = warehouse;
    this.properties = properties;
    this.retention = retention;
    this.clock = clock;
  }

  @Override
  public int run() throws WarehouseUnavailableException {
    try {
      int dropped = 0;
      for (WarehouseTable table : WarehouseTable.values()) {
        warehouse.partitions().ahead(table, deadline());
        Optional<LocalDate> first = retention.first(table, LocalDate.now(clock));
        if (first.isPresent()) {
          dropped += drop(table, first.get());
        }
      }
      warehouse
          .transactions()
          .run(deadline(), transaction -> Labels.forget(transaction, properties.labels()));
      return dropped;
    } catch (RowsRefusedException e) {
      throw new WarehouseUnavailableException("the upkeep failed: " + e.getMessage(), e);
    }
  }

  private int drop(WarehouseTable table, LocalDate first)
      throws RowsRefusedException, WarehouseUnavailableException {
    int dropped = 0;
    for (String name : Months.tables(table)) {
      dropped +=
          warehouse.transactions().run(deadline(), transaction -> drop(transaction, name, first));
    }
    return dropped;
  }

  private static int drop(Transaction transaction, String table, LocalDate first)
      throws SQLException {
    int dropped = 0;
    transaction.execute("set local lock_timeout = '%s'".formatted(LOCK_WAIT));
    for (String partition : Months.present(transaction, table)) {
      Optional<YearMonth> month = Months.month(partition);
      if (month.isPresent() && month.get().atEndOfMonth().isBefore(first)) {
        transaction.execute("drop table %s.%s".formatted(WarehouseSchema.NAME, partition));
        LOG.info("Dropped {}, older than {}", partition, first);
        dropped++;
      }
    }
    transaction.update(
        "delete from %s.%s_rest where %s < ?"
            .formatted(WarehouseSchema.NAME, table, Partitions.day(table)),
        first);
    return dropped;
  }

  private Deadline deadline() {
    return Deadline.in(properties.deadline());
  }
}
