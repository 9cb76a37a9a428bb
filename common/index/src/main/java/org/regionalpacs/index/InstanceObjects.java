package org.regionalpacs.index;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * Finds instances together with their locations and renditions, in one query however many there
 * are. The order is that of Instance Number, then SOP Instance UID (within a study, by series
 * first).
 */
public final class InstanceObjects {
  /**
   * Places are looked up object by object: for a large series, a plain join would read all
   * partitions from end to end, because PostgreSQL doesn't reckon with a key's being in one
   * partition only. OFFSET keeps it from joining after all. The study is given to renditions once
   * more, so that their partition is known beforehand.
   */
  private static final String SELECT =
      """
      select i.tenant, i.study_uid, i.series_uid, i.sop_uid, i.reception_id, i.sop_class,
             i.transfer_syntax, i.size, i.data_set_offset, i.instance_number, i.number_of_frames,
             l.*
        from instance i
        left join lateral (
             select null::uuid as rendition_id, null as kind, null as terms, null as made_uid,
                    null as made_syntax, null as made_digest, null::bigint as made_size,
                    null::integer as made_offset,
                    p.store, p.node, p.blob_id, p.blob_offset, p.blob_length
               from location p
              where p.tenant = i.tenant and p.reception_id = i.reception_id
                and p.state in ('available', 'missing')
              union all
             select x.rendition_id, x.kind, x.terms, x.instance_uid, x.transfer_syntax,
                    encode(x.digest, 'hex'), x.size, x.data_set_offset,
                    q.store, q.node, q.blob_id, q.blob_offset, q.blob_length
               from rendition x
               left join lateral (
                    select p.store, p.node, p.blob_id, p.blob_offset, p.blob_length
                      from location p
                     where p.tenant = x.tenant and p.reception_id = x.rendition_id
                       and p.state in ('available', 'missing')
                    offset 0) q on true
              where x.tenant = :tenant and x.study_uid = :study and x.series_uid = i.series_uid
                and x.sop_uid = i.sop_uid and x.reception_id = i.reception_id
             offset 0) l on true
       where i.tenant = :tenant and i.study_uid = :study
      """;

  private static final String OF_SERIES = " and i.series_uid = :series";
  private static final String OF_INSTANCE = " and i.sop_uid = :sop";

  private static final String ORDER =
      " order by i.series_uid, i.instance_number, i.sop_uid, l.kind nulls first, l.store";

  private final NamedParameterJdbcTemplate jdbc;

  InstanceObjects(JdbcTemplate jdbc) {
    this.jdbc = new NamedParameterJdbcTemplate(jdbc);
  }

  /** All instances of a study; empty when there is no such study. */
  public List<InstanceObject> ofStudy(String tenant, String study) {
    return find(SELECT + ORDER, Map.of("tenant", tenant, "study", study));
  }

  /** All instances of a series; empty when there is no such series. */
  public List<InstanceObject> ofSeries(String tenant, String study, String series) {
    return find(
        SELECT + OF_SERIES + ORDER, Map.of("tenant", tenant, "study", study, "series", series));
  }

  /** One instance. */
  public Optional<InstanceObject> find(String tenant, String study, String series, String sop) {
    return find(
            SELECT + OF_SERIES + OF_INSTANCE + ORDER,
            Map.of("tenant", tenant, "study", study, "series", series, "sop", sop))
        .stream()
        .findFirst();
  }

  private List<InstanceObject> find(String sql, Map<String, String> parameters) {
    return Optional.ofNullable(jdbc.query(sql, parameters, InstanceRows::read)).orElseThrow();
  }
}
