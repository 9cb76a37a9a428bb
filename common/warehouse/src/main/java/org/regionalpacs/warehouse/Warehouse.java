package org.regionalpacs.warehouse;

import java.util.List;
import java.util.function.Function;

/**
 * Where the analytical tables are. The Javadoc is the contract; {@code WarehouseContract} tests
 * every implementation.
 *
 * <p><b>Once.</b> {@link #load} has all rows of a batch in the table when it returns, once, however
 * often it is called with the label, by however many processes at a time, and whatever broke on the
 * way before. Of rows with the same key the last one counts, in a batch and between batches, unless
 * {@link WarehouseTable#order} says which.
 *
 * <p><b>Atomic.</b> When it fails none of the batch's rows is in the table, or it isn't known
 * whether they are ({@link WarehouseUnavailableException}): the same batch, with the same label, is
 * to be loaded again then.
 *
 * <p><b>Bounded.</b> Nothing waits longer than the implementation's deadline. Thread-safe.
 */
public interface Warehouse {

  /** How a load ended. */
  enum Loaded {
    /** The rows are in the table now. */
    NEW,
    /** They were loaded before under this label. */
    BEFORE
  }

  /** What kind it is, {@code doris} or {@code postgresql}. */
  String name();

  /**
   * Loads a batch.
   *
   * @throws RowsRefusedException when rows don't fit the table, and repeating is of no use: none of
   *     the batch is loaded. The label is free for other rows then
   * @throws WarehouseUnavailableException when it can't be reached, is too slow, or has failed:
   *     load the same again later
   */
  Loaded load(Batch batch) throws RowsRefusedException, WarehouseUnavailableException;

  /**
   * Reads.
   *
   * @param query its SQL, which both dialects understand or which was made for this {@link #name},
   *     with {@code ?} for each argument
   * @param row takes the columns of a row, in their order; numbers as {@link Number}, days as
   *     {@link java.time.LocalDate}, moments as {@link java.time.Instant}, null where there is no
   *     value
   * @throws WarehouseUnavailableException when it can't be reached or takes too long
   */
  <T> List<T> query(WarehouseQuery query, Function<List<Object>, T> row)
      throws WarehouseUnavailableException;
}
