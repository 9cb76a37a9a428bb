package org.regionalpacs.chaos;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What PostgreSQL holds.
 *
 * @param rows of the table of instances, by SOP Instance UID
 * @param wrongCounts series and studies whose counts aren't those of their rows
 */
record IndexSnapshot(Map<String, List<Row>> rows, List<String> wrongCounts) {

  /**
   * A current version.
   *
   * @param archived path of its archived blob below the archive's root; empty when there is none
   */
  record Row(String study, String series, String sop, String digest, String archived) {}

  private static final String ROWS =
      """
      select i.study_uid, i.series_uid, i.sop_uid, encode(i.digest, 'hex'),
        coalesce((select blob_id from location l where l.tenant = i.tenant
          and l.reception_id = i.reception_id and l.store <> 'online'
          and l.state = 'available'), '')
      from instance i
      """;

  private static final String WRONG_COUNTS =
      """
      select 'series ' || s.series_uid || ' says ' || s.instance_count || ', has ' || count(i.*)
      from series s left join instance i using (tenant, study_uid, series_uid)
      group by s.tenant, s.study_uid, s.series_uid
      having s.instance_count <> count(i.*) or s.counted_number <> s.change_number
      union all
      select 'study ' || t.study_uid || ' says ' || t.instance_count || ' in ' || t.series_count
        || ', has ' || count(i.*) || ' in ' || count(distinct i.series_uid)
      from study t left join instance i using (tenant, study_uid)
      group by t.tenant, t.study_uid
      having t.instance_count <> count(i.*) or t.series_count <> count(distinct i.series_uid)
      union all
      select 'patient ' || p.patient_id || ' has ' || count(s.*) || ' studies'
      from patient p left join study s using (tenant, patient_key)
      group by p.tenant, p.patient_key having count(s.*) <> 1
      """;

  static IndexSnapshot take(Connection connection) throws SQLException {
    Map<String, List<Row>> rows = new HashMap<>();
    List<String> wrong = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      try (ResultSet found = statement.executeQuery(ROWS)) {
        while (found.next()) {
          Row row =
              new Row(
                  found.getString(1),
                  found.getString(2),
                  found.getString(3),
                  found.getString(4),
                  found.getString(5));
          rows.computeIfAbsent(row.sop(), _ -> new ArrayList<>()).add(row);
        }
      }
      try (ResultSet found = statement.executeQuery(WRONG_COUNTS)) {
        while (found.next()) {
          wrong.add(found.getString(1));
        }
      }
    }
    return new IndexSnapshot(rows, wrong);
  }

  long unarchived() {
    return rows.values().stream()
        .flatMap(List::stream)
        .filter(row -> row.archived().isEmpty())
        .count();
  }
}
