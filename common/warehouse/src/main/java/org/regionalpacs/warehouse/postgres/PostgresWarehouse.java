package org.regionalpacs.warehouse.postgres;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.regionalpacs.warehouse.Batch;
import org.regionalpacs.warehouse.RowsRefusedException;
import org.regionalpacs.warehouse.Warehouse;
import org.regionalpacs.warehouse.WarehouseQuery;
import org.regionalpacs.warehouse.WarehouseTable;
import org.regionalpacs.warehouse.WarehouseUnavailableException;

/**
 * The warehouse in PostgreSQL. A load is one transaction: the label, the rows by COPY and upsert,
 * and what statistics count of them.
 */
public final class PostgresWarehouse implements Warehouse, AutoCloseable {
  /** What {@link #name} says. */
  public static final String NAME = "postgresql";

  private final PostgresWarehouseProperties properties;
  private final HikariDataSource pool;
  private final Transactions transactions;
  private final Partitions partitions;

  /**
   * Connects when it is first used.
   *
   * @param clock tells which months can be
   */
  PostgresWarehouse(DatabaseAddress address, PostgresWarehouseProperties properties, Clock clock) {
    this.properties = properties;
    this.pool = address.pool(properties.connections(), properties.deadline().dividedBy(2));
    this.transactions = new Transactions(pool, new WarehouseSchema(address));
    this.partitions = new Partitions(transactions, clock);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Loaded load(Batch batch) throws RowsRefusedException, WarehouseUnavailableException {
    Deadline deadline = Deadline.in(properties.deadline());
    partitions.require(batch.table(), days(batch), deadline);
    return transactions.run(
        deadline,
        transaction -> {
          if (!Labels.take(transaction, batch.label())) {
            return Loaded.BEFORE;
          }
          CopyRows.copy(transaction, batch);
          Upsert.move(transaction, batch.table());
          if (batch.table() == WarehouseTable.DICOM_IMAGE_META) {
            ReceivedSeries.count(transaction, batch);
          }
          return Loaded.NEW;
        });
  }

  private static Set<LocalDate> days(Batch batch) {
    return batch.rows().stream()
        .map(row -> row.value(0))
        .flatMap(Optional::stream)
        .map(LocalDate.class::cast)
        .collect(Collectors.toSet());
  }

  @Override
  public <T> List<T> query(WarehouseQuery query, Function<List<Object>, T> row)
      throws WarehouseUnavailableException {
    try {
      return transactions.run(
          Deadline.in(properties.deadline()), transaction -> Answer.read(transaction, query, row));
    } catch (RowsRefusedException e) {
      throw new WarehouseUnavailableException("a query failed: " + e.getMessage(), e);
    }
  }

  Transactions transactions() {
    return transactions;
  }

  Partitions partitions() {
    return partitions;
  }

  @Override
  public void close() {
    pool.close();
  }
}
