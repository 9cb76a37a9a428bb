package org.regionalpacs.warehouse;

import java.util.Optional;

/** A row of a table. Made by {@link #of}, complete when every required column has a value. */
public final class Row {
  private final WarehouseTable table;
  private final Object[] values;

  private Row(WarehouseTable table) {
    this.table = table;
    this.values = new Object[table.columns().size()];
  }

  /** A row without values; texts are empty. */
  public static Row of(WarehouseTable table) {
    Row row = new Row(table);
    for (int i = 0; i < row.values.length; i++) {
      if (table.columns().get(i).type() == ColumnType.TEXT) {
        row.values[i] = "";
      }
    }
    return row;
  }

  /**
   * Sets a value. A text that is too long is cut; NUL characters, which databases refuse, are left
   * out.
   *
   * @throws IllegalArgumentException when there is no such column, or it is of another type
   */
  public Row set(String column, Object value) {
    int index = table.index(column);
    Column at = table.columns().get(index);
    if (!at.type().java().isInstance(value)) {
      throw new IllegalArgumentException(column + " takes " + at.type() + ", not " + value);
    }
    values[index] = value instanceof String text ? cut(text, at.length()) : value;
    return this;
  }

  /** Sets a value where there is one. */
  public Row set(String column, Optional<?> value) {
    value.ifPresent(present -> set(column, present));
    return this;
  }

  private static String cut(String text, int length) {
    String clean = text.indexOf('\0') < 0 ? text : text.replace("\0", "");
    if (clean.codePointCount(0, clean.length()) <= length) {
      return clean;
    }
    return clean.substring(0, clean.offsetByCodePoints(0, length));
  }

  public WarehouseTable table() {
    return table;
  }

  /** The value of a column by its position; empty where there is none. */
  public Optional<Object> value(int index) {
    return Optional.ofNullable(values[index]);
  }

  /** The value of a column. */
  public Optional<Object> value(String column) {
    return value(table.index(column));
  }
}
