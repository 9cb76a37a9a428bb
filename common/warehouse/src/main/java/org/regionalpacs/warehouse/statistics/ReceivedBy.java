package org.regionalpacs.warehouse.statistics;

/** By what received objects are told apart. */
public enum ReceivedBy {
  /** The day of their reception. */
  DAY("received_day"),
  /** Modality of the series. */
  MODALITY("modality"),
  /** The hospital. */
  TENANT("tenant"),
  /** Institution Name, as the equipment says it. */
  INSTITUTION("institution"),
  /** Station Name, Manufacturer, Manufacturer's Model Name. */
  EQUIPMENT("station, manufacturer, model"),
  /** The department that asked for it. */
  REFERRING_DEPARTMENT("referring_department");

  private final String columns;

  ReceivedBy(String columns) {
    this.columns = columns;
  }

  String columns() {
    return columns;
  }

  int width() {
    return columns.split(",").length;
  }
}
