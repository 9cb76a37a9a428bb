package org.regionalpacs.index;

import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings the counts of series and studies up to date. Any number may run side by side and beside
 * indexers: a study that somebody is working on is left for the next turn.
 */
public final class CountWriter {
  /**
   * Locks the studies first, as indexers do. While a study is locked no indexer changes its series.
   */
  private static final String LOCK_STUDIES =
      """
      select s.tenant, s.study_uid
        from (select distinct tenant, study_uid
                from (select tenant, study_uid
                        from series
                       where counted_number < change_number
                       order by changed
                       limit ?) oldest) u
       cross join lateral (
             select k.tenant, k.study_uid
               from study k
              where k.tenant = u.tenant and k.study_uid = u.study_uid
             offset 0
                for no key update skip locked) s
       order by s.tenant, s.study_uid
      """;

  private static final Rows<StudyIdentity> KEYS =
      new Rows<StudyIdentity>()
          .text("tenant", StudyIdentity::tenant)
          .text("study_uid", StudyIdentity::studyUid);

  private static final BatchStatement<StudyIdentity> COUNT_SERIES =
      new BatchStatement<>(
          KEYS,
          """
          update series s
             set instance_count = c.instances,
                 total_size = c.bytes,
                 sop_classes = c.sop_classes,
                 counted_number = s.change_number
            from %2$s
            join series u on u.tenant = r.tenant and u.study_uid = r.study_uid
                         and u.counted_number < u.change_number
           cross join lateral (
                 select count(*) as instances,
                        coalesce(sum(i.size), 0) as bytes,
                        coalesce(array_agg(distinct i.sop_class) filter (where i.sop_class <> ''),
                                 '{}') as sop_classes
                   from instance i
                  where i.tenant = u.tenant and i.study_uid = u.study_uid
                    and i.series_uid = u.series_uid) c
           where s.tenant = u.tenant and s.study_uid = u.study_uid and s.series_uid = u.series_uid
          returning s.series_uid
          """);

  /** Takes studies that the transaction has locked. */
  static final BatchStatement<StudyIdentity> SUM_STUDIES =
      new BatchStatement<>(
          KEYS,
          """
          update study s
             set series_count = c.series,
                 instance_count = c.instances,
                 total_size = c.bytes,
                 modalities = c.modalities,
                 sop_classes = c.sop_classes,
                 updated = now()
            from %2$s
           cross join lateral (
                 select count(*) as series,
                        coalesce(sum(u.instance_count), 0) as instances,
                        coalesce(sum(u.total_size), 0) as bytes,
                        coalesce(array_agg(distinct u.modality) filter (where u.modality <> ''),
                                 '{}') as modalities,
                        coalesce((select array_agg(distinct c.sop_class)
                                    from series v cross join unnest(v.sop_classes) c(sop_class)
                                   where v.tenant = r.tenant and v.study_uid = r.study_uid),
                                 '{}') as sop_classes
                   from series u
                  where u.tenant = r.tenant and u.study_uid = r.study_uid) c
           where s.tenant = r.tenant and s.study_uid = r.study_uid
          """);

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;

  CountWriter(JdbcTemplate jdbc, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  /**
   * Counts series that changed since they were counted, those waiting longest first, and sums up
   * their studies.
   *
   * @param limit series looked at, at most; all uncounted series of their studies are counted
   * @return how many series were counted
   */
  public int recount(int limit) {
    return transaction.execute(_ -> count(limit));
  }

  private int count(int limit) {
    List<StudyIdentity> studies =
        jdbc.query(
            LOCK_STUDIES,
            (row, _) -> new StudyIdentity(row.getString("tenant"), row.getString("study_uid")),
            limit);
    int counted = COUNT_SERIES.query(jdbc, studies, (row, _) -> row.getString(1)).size();
    SUM_STUDIES.execute(jdbc, studies);
    return counted;
  }
}
