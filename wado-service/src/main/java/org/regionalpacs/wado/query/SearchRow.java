package org.regionalpacs.wado.query;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A result as the index has it; the columns are those of {@link SearchColumns}. Attributes are
 * DICOM JSON in UTF-8, lists JSON arrays of texts; what the selection doesn't return may be empty.
 *
 * @param evicted whether something of the study is in the archive only
 * @param nearline whether the instance, or one of those of the series or study, is in the archive
 *     only; known when {@link Searches} has looked
 * @param tags values of extended query tags
 */
record SearchRow(
    OfStudy study,
    Optional<OfSeries> series,
    Optional<OfInstance> instance,
    boolean evicted,
    boolean nearline,
    String tags) {
  private static final byte[] NONE = {};

  record OfStudy(
      String uid,
      byte[] patientAttributes,
      byte[] attributes,
      int seriesCount,
      int instanceCount,
      byte[] modalities,
      byte[] sopClasses) {}

  record OfSeries(String uid, byte[] attributes, int instanceCount) {}

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
        row.getBoolean(1),
        false,
        Optional.ofNullable(row.getString(2)).orElse(""));
  }

  /** The same, being in the archive only. */
  SearchRow asNearline() {
    return new SearchRow(study, series, instance, evicted, true, tags);
  }

  private static OfStudy study(ResultSet row) throws SQLException {
    return new OfStudy(
        row.getString(3),
        json(row, 4),
        json(row, 5),
        row.getInt(6),
        row.getInt(7),
        json(row, 8),
        json(row, 9));
  }

  private static OfSeries series(ResultSet row) throws SQLException {
    return new OfSeries(row.getString(10), json(row, 11), row.getInt(12));
  }

  private static OfInstance instance(ResultSet row) throws SQLException {
    return new OfInstance(
        row.getString(13),
        row.getString(14),
        row.getString(15),
        number(row, 16),
        number(row, 17),
        number(row, 18),
        number(row, 19),
        number(row, 20));
  }

  /** The text as it came, in UTF-8. */
  private static byte[] json(ResultSet row, int column) throws SQLException {
    return Optional.ofNullable(row.getBytes(column)).orElse(NONE);
  }

  private static OptionalInt number(ResultSet row, int column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
  }
}
