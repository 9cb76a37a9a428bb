package org.regionalpacs.warehouse;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Rows that are loaded together, once.
 *
 * @param table all rows are of it
 * @param label names these rows for ever: a batch with a label that was loaded is not loaded again.
 *     Letters, digits, {@code - _}, 128 at most
 * @param rows one at least
 */
public record Batch(WarehouseTable table, String label, List<Row> rows) {
  private static final Pattern LABEL = Pattern.compile("[-_A-Za-z0-9]{1,128}");

  public Batch {
    if (!LABEL.matcher(label).matches()) {
      throw new IllegalArgumentException("'" + label + "' can't be a label");
    }
    if (rows.isEmpty() || rows.stream().anyMatch(row -> row.table() != table)) {
      throw new IllegalArgumentException("a batch has rows, and all of one table");
    }
    rows = List.copyOf(rows);
  }
}
