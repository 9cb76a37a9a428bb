package org.regionalpacs.consumer.loader;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.regionalpacs.consumer.DeadLetter;
import org.regionalpacs.consumer.DeadLetters;
import org.regionalpacs.consumer.Replays;
import org.regionalpacs.consumer.UnusableRecordException;
import org.regionalpacs.messages.UnreadableMessageException;
import org.regionalpacs.warehouse.Batch;
import org.regionalpacs.warehouse.Row;
import org.regionalpacs.warehouse.RowsRefusedException;
import org.regionalpacs.warehouse.Warehouse;
import org.regionalpacs.warehouse.WarehouseTable;
import org.regionalpacs.warehouse.WarehouseUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads one range, as often as it takes. What was done in an attempt isn't done again in the next;
 * after a new start all is done again, which changes nothing but may repeat dead letters.
 */
final class Loading {
  private static final Logger LOG = LoggerFactory.getLogger(Loading.class);

  private final Range range;
  private final RowReader reader;
  private final String label;
  private final Warehouse warehouse;
  private final DeadLetters deadLetters;
  private final LoaderMetrics metrics;

  private final Map<WarehouseTable, Rows> left = new EnumMap<>(WarehouseTable.class);
  private final List<DeadLetter> unreadable = new ArrayList<>();
  private final Set<WarehouseTable> refused = EnumSet.noneOf(WarehouseTable.class);
  private boolean read;

  /** Rows of a table, and the records they are of. */
  private record Rows(List<Row> rows, List<ConsumerRecord<String, byte[]>> records) {
    Rows() {
      this(new ArrayList<>(), new ArrayList<>());
    }
  }

  Loading(
      Range range,
      RowReader reader,
      String label,
      Warehouse warehouse,
      DeadLetters deadLetters,
      LoaderMetrics metrics) {
    this.range = range;
    this.reader = reader;
    this.label = label;
    this.warehouse = warehouse;
    this.deadLetters = deadLetters;
    this.metrics = metrics;
  }

  /**
   * Does what is left.
   *
   * @throws WarehouseUnavailableException when the same is to be tried again
   * @throws RuntimeException then too: dead letters can't be written, say
   */
  Outcome attempt() throws WarehouseUnavailableException {
    if (!read) {
      read();
      read = true;
    }
    // Before the rows: once those are loaded, a repeat by a newer program might read more.
    deadLetters.publish(Loader.GROUP, unreadable);
    unreadable.clear();
    for (WarehouseTable table : EnumSet.copyOf(reader.tables())) {
      if (left.containsKey(table) && !range.done().contains(table)) {
        load(table, left.get(table));
        left.remove(table);
      }
    }
    Set<WarehouseTable> complete = EnumSet.copyOf(reader.tables());
    complete.removeAll(refused);
    return new Outcome(complete, Set.copyOf(refused));
  }

  private void load(WarehouseTable table, Rows rows) throws WarehouseUnavailableException {
    String name = reader.tables().size() == 1 ? label : label + "-" + table.table();
    try {
      Warehouse.Loaded how = warehouse.load(new Batch(table, name, rows.rows()));
      metrics.loaded(table, how, rows.records());
    } catch (RowsRefusedException e) {
      metrics.refused(table);
      if (rows.rows().size() > 1) {
        refused.add(table);
        return;
      }
      String cause = "the warehouse refuses it: " + Members.withoutValues(e.getMessage());
      deadLetters.publish(Loader.GROUP, List.of(new DeadLetter(rows.records().getFirst(), cause)));
    } catch (WarehouseUnavailableException e) {
      metrics.unavailable(table);
      throw e;
    }
  }

  private void read() {
    for (ConsumerRecord<String, byte[]> record : range.records()) {
      if (!Replays.concerns(record, Loader.GROUP)) {
        continue;
      }
      try {
        Row row = row(record);
        Rows rows = left.computeIfAbsent(row.table(), _ -> new Rows());
        rows.rows().add(row);
        rows.records().add(record);
      } catch (UnusableRecordException e) {
        unreadable.add(new DeadLetter(record, Members.withoutValues(e.getMessage())));
      }
    }
  }

  private Row row(ConsumerRecord<String, byte[]> record) throws UnusableRecordException {
    if (record.value() == null) {
      throw new UnusableRecordException("the record has no value");
    }
    try {
      return reader.read(record.value());
    } catch (UnreadableMessageException e) {
      throw new UnusableRecordException("not a message of the topic: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      LOG.error(
          "Record can't be read: topic={} partition={} offset={}",
          record.topic(),
          record.partition(),
          record.offset(),
          e);
      throw new UnusableRecordException("reading it failed: " + e.getClass().getSimpleName(), e);
    }
  }
}
