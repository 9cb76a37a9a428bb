package org.regionalpacs.warehouse.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.regionalpacs.warehouse.Batch;
import org.regionalpacs.warehouse.Row;

/**
 * Keeps the table {@code received_series}, which sums up {@code dicom_image_meta} by series, day
 * and hour for statistics. A load counts the series that it touches anew, from the rows as they are
 * then, so that nothing counts twice that comes twice, or is replaced. Loads that touch the same
 * series do so one after the other: each sees what the one before has brought.
 */
final class ReceivedSeries {
  static final String TABLE = "received_series";

  /** Of pg_advisory_xact_lock(int, int); any number that nobody else uses. */
  private static final int LOCK = 0x7365_7269;

  /** Locks that all series share, so that no batch has too many. */
  private static final int LOCKS = 64;

  private static final String DIMENSIONS =
      "modality, institution, department, referring_department, station, manufacturer, model";

  private static final List<String> DELAYS =
      List.of(
          "100 ms", "250 ms", "500 ms", "1 s", "2 s", "5 s", "10 s", "30 s", "1 m", "5 m", "15 m",
          "1 h", "6 h", "1 d");

  private static final String COUNT = countStatement();

  private record Series(LocalDate day, String tenant, String study, String series) {
    private static final Comparator<Series> ORDER =
        Comparator.comparing(Series::series)
            .thenComparing(Series::study)
            .thenComparing(Series::tenant)
            .thenComparing(Series::day);

    static Series of(Row row) {
      return new Series(
          (LocalDate) row.value("received_day").orElseThrow(),
          (String) row.value("tenant").orElseThrow(),
          (String) row.value("study_uid").orElseThrow(),
          (String) row.value("series_uid").orElseThrow());
    }
  }

  private ReceivedSeries() {}

  /** Counts the series of rows that are in their table now. */
  static void count(Transaction transaction, Batch batch) throws SQLException {
    TreeSet<Series> touched =
        batch.rows().stream()
            .map(Series::of)
            .collect(Collectors.toCollection(() -> new TreeSet<>(Series.ORDER)));
    TreeSet<Integer> locks =
        touched.stream()
            .map(series -> Math.floorMod(series.series().hashCode(), LOCKS))
            .collect(Collectors.toCollection(TreeSet::new));
    for (int lock : locks) {
      transaction.execute("select pg_advisory_xact_lock(%d, %d)".formatted(LOCK, lock));
    }
    try (PreparedStatement statement = transaction.prepare(COUNT)) {
      for (Series series : touched) {
        for (int i = 0; i < 2; i++) {
          statement.setObject(4 * i + 1, series.day());
          statement.setString(4 * i + 2, series.tenant());
          statement.setString(4 * i + 3, series.study());
          statement.setString(4 * i + 4, series.series());
        }
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static String countStatement() {
    String series = "received_day = ? and tenant = ? and study_uid = ? and series_uid = ?";
    return "with gone as (delete from %s.%s where %s)\n"
            .formatted(WarehouseSchema.NAME, TABLE, series)
        + sums(series);
  }

  /** Inserts the sums of those rows of {@code dicom_image_meta}. */
  static String sums(String where) {
    return """
    insert into %1$s.%2$s (received_day, received_hour, tenant, study_uid, series_uid, %3$s,
           instances, bytes, %4$s)
    select received_day, received_hour, tenant, study_uid, series_uid, %3$s,
           count(*), sum(size), %5$s
      from (select m.*, extract(hour from received at time zone 'UTC')::int as received_hour,
                   indexed - received as delay
              from %1$s.dicom_image_meta m
             where %6$s) m
     group by received_day, received_hour, tenant, study_uid, series_uid, %3$s
    """
        .formatted(
            WarehouseSchema.NAME,
            TABLE,
            DIMENSIONS,
            String.join(", ", delays().keySet()),
            String.join(", ", delays().values()),
            where);
  }

  /** Columns, and what each counts. */
  private static Map<String, String> delays() {
    Map<String, String> columns = new LinkedHashMap<>();
    String above = "";
    for (String bound : DELAYS) {
      columns.put(
          "delay_" + bound.replace(" ", ""),
          "count(*) filter (where %sdelay <= interval '%s')".formatted(above, interval(bound)));
      above = "delay > interval '%s' and ".formatted(interval(bound));
    }
    columns.put(
        "delay_more",
        "count(*) filter (where delay > interval '%s')".formatted(interval(DELAYS.getLast())));
    return columns;
  }

  private static String interval(String bound) {
    return bound.endsWith(" m") ? bound + "in" : bound;
  }
}
