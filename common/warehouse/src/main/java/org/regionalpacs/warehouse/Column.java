package org.regionalpacs.warehouse;

/**
 * A column.
 *
 * @param name as in SQL, lower case with underscores
 * @param type of its values
 * @param length characters at most, of a {@link ColumnType#TEXT}; else 0
 * @param required whether every row has a value
 */
public record Column(String name, ColumnType type, int length, boolean required) {

  static Column text(String name, int length) {
    return new Column(name, ColumnType.TEXT, length, true);
  }

  static Column of(String name, ColumnType type) {
    return new Column(name, type, 0, true);
  }

  /** The same column, where rows may have no value. */
  Column optional() {
    return new Column(name, type, length, false);
  }
}
