package org.regionalpacs.index;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.regionalpacs.dicom.data.Tag;
import org.springframework.jdbc.core.JdbcTemplate;

/** Writes series rows and their change numbers. */
final class SeriesChanges {
  private static final Rows<SeriesIdentity> KEYS =
      new Rows<SeriesIdentity>()
          .text("tenant", SeriesIdentity::tenant)
          .text("study_uid", SeriesIdentity::studyUid)
          .text("series_uid", SeriesIdentity::seriesUid);

  private static final BatchStatement<SeriesIdentity> BUMP =
      new BatchStatement<>(
          KEYS,
          """
          update series s set change_number = s.change_number + 1, changed = now()
            from %2$s
           where (s.tenant, s.study_uid, s.series_uid) = (r.tenant, r.study_uid, r.series_uid)
          """);

  private static final BatchStatement<SeriesIdentity> STATES =
      new BatchStatement<>(
          KEYS,
          """
          select s.*
            from %2$s
           cross join lateral (
                 select k.tenant, k.study_uid, k.series_uid, k.change_number, k.changed,
                        k.created
                   from series k
                  where k.tenant = r.tenant and k.study_uid = r.study_uid
                    and k.series_uid = r.series_uid
                 offset 0) s
          """);

  private final JdbcTemplate jdbc;

  SeriesChanges(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Inserts, fills and locks the series; returns those that changed. */
  Set<SeriesIdentity> upsert(List<SeriesEntry> series) {
    return new HashSet<>(SeriesEntry.UPSERT.query(jdbc, series, (row, _) -> identity(row)));
  }

  /** Counts a change; the rows are locked by this transaction already. */
  void bump(Collection<SeriesIdentity> series) {
    BUMP.execute(jdbc, List.copyOf(series));
  }

  /**
   * The series as they are now.
   *
   * @param objects an object of each series, for what is only said in headers
   */
  List<SeriesState> states(Map<SeriesIdentity, IndexedInstance> objects) {
    return STATES.query(
        jdbc, List.copyOf(objects.keySet()), (row, _) -> state(row, objects.get(identity(row))));
  }

  private static SeriesState state(ResultSet row, IndexedInstance object) throws SQLException {
    return new SeriesState(
        object.object().tenant(),
        object.object().study(),
        object.object().series(),
        object.patient().text(Tag.PatientID),
        object.series().text(Tag.Modality),
        object.study().text(Tag.StudyDate),
        row.getLong("change_number"),
        row.getObject("changed", OffsetDateTime.class).toInstant(),
        row.getObject("created", OffsetDateTime.class).toInstant());
  }

  private static SeriesIdentity identity(ResultSet row) throws SQLException {
    return new SeriesIdentity(
        row.getString("tenant"), row.getString("study_uid"), row.getString("series_uid"));
  }
}
