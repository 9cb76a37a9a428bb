package org.regionalpacs.consumer.loader;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.regionalpacs.warehouse.WarehouseTable;

/**
 * How far a partition is loaded, as it is committed.
 *
 * @param position offset of the first record that isn't loaded
 * @param boundary of the batch that begins there
 */
record Progress(long position, Boundary boundary) {

  /** Without a batch that has begun. */
  static Progress at(long position) {
    return new Progress(position, Boundary.NONE);
  }

  /** What was committed. A boundary that can't belong to its offset is none. */
  static Progress of(OffsetAndMetadata committed) {
    Boundary boundary = Boundary.parse(committed.metadata());
    boolean fits = !boundary.isEmpty() && boundary.last() >= committed.offset();
    return new Progress(committed.offset(), fits ? boundary : Boundary.NONE);
  }

  OffsetAndMetadata commit() {
    return new OffsetAndMetadata(position, boundary.text());
  }

  /** A batch begins, which ends with an offset. */
  Progress until(long last) {
    return new Progress(position, Boundary.until(last));
  }

  /** The batch is loaded. */
  Progress loaded() {
    return new Progress(boundary.last() + 1, boundary.rest());
  }

  /**
   * The batch was refused: its halves are to be tried.
   *
   * @param done tables that took all rows of it
   */
  Progress split(Iterable<WarehouseTable> done) {
    return new Progress(position, boundary.split(position, done));
  }
}
