package org.regionalpacs.wado.query;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A result as the index has it. Attributes are DICOM JSON; what the selection doesn't return may be
 * an empty object.
 *
 * @param nearline whether the instance, or one of those of the series or study, is in the archive
 *     only
 */
record SearchRow(
    OfStudy study,
    Optional<OfSeries> series,
    Optional<OfInstance> instance,
    boolean nearline,
    String tags) {

  record OfStudy(
      String uid,
      String patientAttributes,
      String attributes,
      int seriesCount,
      int instanceCount,
      List<String> modalities,
      List<String> sopClasses) {}

  record OfSeries(String uid, String attributes, int instanceCount) {}

  record OfInstance(
      String uid,
      String sopClass,
      String transferSyntax,
      OptionalInt number,
      OptionalInt rows,
      OptionalInt columns,
      OptionalInt bitsAllocated,
      OptionalInt frames) {}

  static SearchRow read(ResultSet row, Level level) throws SQLException {
    return new SearchRow(
        study(row),
        level == Level.STUDY ? Optional.empty() : Optional.of(series(row)),
        level == Level.INSTANCE ? Optional.of(instance(row)) : Optional.empty(),
        row.getBoolean("nearline"),
        Optional.ofNullable(row.getString("tags")).orElse(""));
  }

  private static OfStudy study(ResultSet row) throws SQLException {
    return new OfStudy(
        row.getString("study_uid"),
        row.getString("patient_attributes"),
        row.getString("study_attributes"),
        row.getInt("series_count"),
        row.getInt("study_instance_count"),
        texts(row.getArray("modalities")),
        texts(row.getArray("sop_classes")));
  }

  private static OfSeries series(ResultSet row) throws SQLException {
    return new OfSeries(
        row.getString("series_uid"),
        row.getString("series_attributes"),
        row.getInt("series_instance_count"));
  }

  private static OfInstance instance(ResultSet row) throws SQLException {
    return new OfInstance(
        row.getString("sop_uid"),
        row.getString("sop_class"),
        row.getString("transfer_syntax"),
        number(row, "instance_number"),
        number(row, "rows"),
        number(row, "columns"),
        number(row, "bits_allocated"),
        number(row, "number_of_frames"));
  }

  private static OptionalInt number(ResultSet row, String column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
  }

  private static List<String> texts(Array array) throws SQLException {
    return Arrays.asList((String[]) array.getArray());
  }
}
