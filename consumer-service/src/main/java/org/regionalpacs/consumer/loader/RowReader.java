package org.regionalpacs.consumer.loader;

import java.util.Set;
import org.regionalpacs.consumer.UnusableRecordException;
import org.regionalpacs.warehouse.Row;
import org.regionalpacs.warehouse.WarehouseTable;

/** Makes rows of the messages of a topic. */
interface RowReader {

  /** The tables that rows of the topic are of. */
  Set<WarehouseTable> tables();

  /**
   * The row of a message.
   *
   * @throws UnusableRecordException when it is no such message, or lacks what a row must have
   */
  Row read(byte[] value) throws UnusableRecordException;
}
