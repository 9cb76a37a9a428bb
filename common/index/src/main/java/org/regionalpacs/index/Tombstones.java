package org.regionalpacs.index;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Tells which received objects are deleted. An object is dead when a deletion of its study, series
 * or instance is younger than its reception, or knew it.
 */
public final class Tombstones {
  /** Joins each row {@code r} that is a reception with the deletions {@code d} that it fell to. */
  static final String DEATHS =
      """
      cross join lateral (
            select d.cutoff
              from deletion d
             where d.tenant = r.tenant and d.study_uid = r.study_uid
               and d.series_uid = '' and d.sop_uid = '' and d.deletion_id > r.reception_id
             union all
            select d.cutoff
              from deletion d
             where d.tenant = r.tenant and d.study_uid = r.study_uid
               and d.series_uid = r.series_uid and d.sop_uid = ''
               and d.deletion_id > r.reception_id
             union all
            select d.cutoff
              from deletion d
             where d.tenant = r.tenant and d.study_uid = r.study_uid
               and d.series_uid = r.series_uid and d.sop_uid = r.sop_uid
               and d.deletion_id > r.reception_id
             union all
            select d.cutoff
              from dead_reception x
              join deletion d on d.tenant = x.tenant and d.deletion_id = x.deletion_id
             where x.tenant = r.tenant and x.reception_id = r.reception_id) d
      """;

  private static final BatchStatement<ReceptionKey> DEAD =
      new BatchStatement<>(
          new Rows<ReceptionKey>()
              .text("tenant", ReceptionKey::tenant)
              .text("study_uid", ReceptionKey::study)
              .text("series_uid", ReceptionKey::series)
              .text("sop_uid", ReceptionKey::sop)
              .uuid("reception_id", ReceptionKey::receptionId),
          """
          select r.reception_id, max(d.cutoff) as cutoff
            from %2$s
          DEATHS
           group by r.reception_id
          """
              .replace("DEATHS", DEATHS));

  private record Dead(UUID receptionId, Instant cutoff) {}

  private final JdbcTemplate jdbc;

  Tombstones(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The dead ones among these. Whoever isn't holding the locks of their studies may be told too
   * little: a deletion may come the moment after.
   *
   * @return reception ids with the cutoff of the youngest deletion that they fell to
   */
  public Map<UUID, Instant> dead(List<ReceptionKey> receptions) {
    Map<UUID, Instant> dead = new HashMap<>();
    DEAD.query(
            jdbc,
            receptions,
            (row, _) ->
                new Dead(
                    row.getObject("reception_id", UUID.class),
                    row.getObject("cutoff", OffsetDateTime.class).toInstant()))
        .forEach(one -> dead.put(one.receptionId(), one.cutoff()));
    return dead;
  }
}
