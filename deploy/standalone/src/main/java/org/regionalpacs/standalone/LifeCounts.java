package org.regionalpacs.standalone;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is not where it was received, or not yet where it should be.
 *
 * @param studies of which something was evicted
 * @param files that were: they are in the archive only
 * @param bytes of these
 * @param pinned studies
 * @param parked records that wait to be tried again, by the step that does that
 */
record LifeCounts(long studies, long files, long bytes, long pinned, Map<String, Long> parked) {
  private static final String COUNTS =
      """
      select count(*), coalesce(sum(evicted_objects), 0), coalesce(sum(evicted_bytes), 0),
             (select count(*) from study_pin)
        from online_study where evicted_objects > 0
      """;

  static LifeCounts read(Connection connection) throws SQLException {
    Map<String, Long> parked = new TreeMap<>();
    try (Statement statement = connection.createStatement()) {
      try (ResultSet rows =
          statement.executeQuery("select step, count(*) from parked_record group by step")) {
        while (rows.next()) {
          parked.put(rows.getString(1), rows.getLong(2));
        }
      }
      try (ResultSet row = statement.executeQuery(COUNTS)) {
        row.next();
        return new LifeCounts(
            row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), parked);
      }
    }
  }

  /** Prints a line for each that isn't nothing. */
  void print() {
    if (files > 0) {
      System.out.printf(
          "  %-11s %,12d files of %,d studies, %,d MB, in the archive only%n",
          "evicted", files, studies, bytes >> 20);
    }
    if (pinned > 0) {
      System.out.printf("  %-11s %,12d studies%n", "pinned", pinned);
    }
    parked.forEach((step, records) ->
        System.out.printf(
            "  %-11s %,12d records of %s, tried again by themselves%n", "parked", records, step));
  }
}
