package org.regionalpacs.warehouse.statistics;

/** By what requests are told apart. */
public enum AccessBy {
  /** What was asked, such as {@code WADO-RS frames}. */
  OPERATION("operation"),
  /** The day. */
  DAY("day"),
  /** AE title or user. */
  USER("peer"),
  /** The hospital. */
  TENANT("tenant");

  private final String column;

  AccessBy(String column) {
    this.column = column;
  }

  String column() {
    return column;
  }
}
