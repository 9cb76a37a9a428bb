package org.regionalpacs.warehouse;

import static org.regionalpacs.warehouse.Column.of;
import static org.regionalpacs.warehouse.Column.text;
import static org.regionalpacs.warehouse.ColumnType.DAY;
import static org.regionalpacs.warehouse.ColumnType.DECIMAL;
import static org.regionalpacs.warehouse.ColumnType.INT;
import static org.regionalpacs.warehouse.ColumnType.LONG;
import static org.regionalpacs.warehouse.ColumnType.MOMENT;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The tables of the warehouse. The first columns are the key: a row with the key of another takes
 * its place (see {@link #order}), so that whatever is loaded twice is there once. Each table is
 * partitioned by its column {@link #day}, which is a part of the key, and which never changes for
 * what the rest of the key names.
 */
public enum WarehouseTable {
  /**
   * A row a series: what it is, and its last change; a change that comes late, as a dead letter
   * that is replayed, doesn't take the place of a later one. Its day is that on which the series
   * was first received.
   */
  DICOM_STATE_META(
      4,
      of("received_day", DAY),
      text("tenant", 64),
      text("study_uid", 128),
      text("series_uid", 128),
      text("patient_id", 64),
      text("modality", 16),
      of("study_date", DAY).optional(),
      of("change_number", LONG),
      of("changed", MOMENT)),

  /**
   * A row an accepted object: an instance, and for one that came again with other content another
   * row. Its day is that of its reception.
   */
  DICOM_IMAGE_META(
      6,
      of("received_day", DAY),
      text("tenant", 64),
      text("study_uid", 128),
      text("series_uid", 128),
      text("sop_uid", 128),
      text("reception_id", 36),
      text("sop_class", 128),
      text("transfer_syntax", 128),
      of("size", LONG),
      of("received", MOMENT),
      of("indexed", MOMENT),
      text("patient_id", 64),
      text("modality", 16),
      of("study_date", DAY).optional(),
      of("series_number", INT).optional(),
      of("instance_number", INT).optional(),
      of("acquired", MOMENT).optional(),
      text("accession_number", 64),
      text("body_part", 64),
      text("institution", 128),
      text("department", 128),
      text("referring_department", 128),
      text("station", 64),
      text("manufacturer", 128),
      text("model", 128),
      text("software", 128),
      text("device_serial", 64),
      text("protocol", 128),
      of("frames", INT).optional(),
      of("image_rows", INT).optional(),
      of("image_columns", INT).optional(),
      of("bits_allocated", INT).optional(),
      text("photometric", 32),
      of("pixel_spacing", DECIMAL).optional(),
      of("slice_thickness", DECIMAL).optional(),
      of("kvp", DECIMAL).optional(),
      of("tube_current", DECIMAL).optional(),
      of("exposure", DECIMAL).optional(),
      of("exposure_time", DECIMAL).optional(),
      of("ctdi_vol", DECIMAL).optional(),
      of("dap", DECIMAL).optional(),
      of("magnetic_field", DECIMAL).optional(),
      of("repetition_time", DECIMAL).optional(),
      of("echo_time", DECIMAL).optional()),

  /** A row a request that was served, by DICOM or DICOMweb. */
  WADO_ACCESS_LOG(
      2,
      of("day", DAY),
      text("event_id", 36),
      text("tenant", 64),
      of("time", MOMENT),
      text("service", 32),
      text("operation", 64),
      text("peer", 128),
      text("address", 64),
      text("study_uid", 128),
      text("series_uid", 128),
      text("sop_uid", 128),
      of("status", INT),
      text("comment", 512),
      of("bytes", LONG),
      of("millis", LONG),
      text("served_from", 64)),

  /** A row a conversion of an object into another transfer syntax. */
  CONVERSION_RECORD(
      2,
      of("day", DAY),
      text("event_id", 36),
      text("tenant", 64),
      of("time", MOMENT),
      text("study_uid", 128),
      text("series_uid", 128),
      text("sop_uid", 128),
      text("reception_id", 36),
      text("from_syntax", 128),
      text("to_syntax", 128),
      of("millis", LONG),
      of("size_before", LONG),
      of("size_after", LONG),
      text("outcome", 32),
      text("cause", 512));

  private final List<Column> columns;
  private final int keyLength;

  WarehouseTable(int keyLength, Column... columns) {
    this.keyLength = keyLength;
    this.columns = List.copyOf(Arrays.asList(columns));
  }

  /** As in SQL. */
  public String table() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All columns, those of the key first. */
  public List<Column> columns() {
    return columns;
  }

  /** The columns of the key; the first of them is the day. */
  public List<Column> key() {
    return columns.subList(0, keyLength);
  }

  /**
   * Of rows with the same key the one counts that has the highest number here, of several the last;
   * empty where it is always the last.
   */
  public Optional<Column> order() {
    return this == DICOM_STATE_META
        ? Optional.of(columns.get(index("change_number")))
        : Optional.empty();
  }

  /** What it is partitioned by, in UTC. */
  public Column day() {
    return columns.getFirst();
  }

  /** Where a column is in a row. */
  int index(String column) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(column)) {
        return i;
      }
    }
    throw new IllegalArgumentException(table() + " has no column " + column);
  }
}
