package org.regionalpacs.index;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The deletions that have no copy beside the archive yet. Nothing of them is removed before: from
 * the copies, a rebuild of the index knows what is not to come back.
 */
public final class DeletionJournal {
  private final JdbcClient jdbc;

  DeletionJournal(JdbcTemplate jdbc) {
    this.jdbc = JdbcClient.create(jdbc);
  }

  /**
   * A deletion to be copied.
   *
   * @param tenant the hospital
   * @param id receptions with smaller ids are dead
   * @param study Study Instance UID
   * @param series Series Instance UID; empty for the whole study
   * @param sop SOP Instance UID; empty for the whole study or series
   * @param requested when
   * @param receptions those that are dead although their ids aren't smaller
   */
  public record Entry(
      String tenant,
      UUID id,
      String study,
      String series,
      String sop,
      Instant requested,
      List<UUID> receptions) {}

  /** The oldest of them. */
  public List<Entry> waiting(int limit) {
    return jdbc.sql(
            """
            select d.tenant, d.deletion_id, d.study_uid, d.series_uid, d.sop_uid, d.requested,
                   array(select x.reception_id from dead_reception x
                          where x.tenant = d.tenant and x.deletion_id = d.deletion_id
                          order by x.reception_id) as receptions
              from deletion d
             where d.journaled is null
             order by d.requested
             limit :limit
            """)
        .param("limit", limit)
        .query((row, _) ->
            new Entry(
                row.getString("tenant"),
                row.getObject("deletion_id", UUID.class),
                row.getString("study_uid"),
                row.getString("series_uid"),
                row.getString("sop_uid"),
                row.getObject("requested", OffsetDateTime.class).toInstant(),
                List.of((UUID[]) row.getArray("receptions").getArray())))
        .list();
  }

  /** It has its copy. */
  public void journaled(Entry entry) {
    jdbc.sql(
            """
            update deletion set journaled = now()
             where tenant = :tenant and deletion_id = :id and journaled is null
            """)
        .param("tenant", entry.tenant())
        .param("id", entry.id())
        .update();
  }
}
