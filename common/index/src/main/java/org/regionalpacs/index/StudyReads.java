package org.regionalpacs.index;

import java.util.Comparator;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** Records when studies were read. */
public final class StudyReads {

  /**
   * A study that was read.
   *
   * @param at milliseconds of the Unix epoch
   * @param objects whether its pixels or objects were, not only its metadata: what of it is not
   *     online is wanted back
   */
  public record Read(String tenant, String study, long at, boolean objects) {}

  /**
   * Rows that somebody else is changing are left out rather than waited for: an indexer that fills
   * the study, most often, and then it is in use anyway.
   */
  private static final BatchStatement<Read> READ =
      new BatchStatement<>(
          new Rows<Read>()
              .text("tenant", Read::tenant)
              .text("study_uid", Read::study)
              .bigint("at", Read::at)
              .integer("objects", read -> read.objects() ? 1 : 0),
          """
          update online_study o
             set used = greatest(o.used, r.used),
                 queued = greatest(o.queued, r.used),
                 wanted = case when r.objects = 1 and o.evicted_objects > 0
                               then least(o.wanted, now()) else o.wanted end
            from (select u.*, k.node
                    from (select tenant, study_uid, to_timestamp(at / 1000.0) as used, objects
                            from %2$s) u
                   cross join lateral (
                         select s.node from online_study s
                          where s.tenant = u.tenant and s.study_uid = u.study_uid
                         offset 0 for no key update skip locked) k) r
           where o.tenant = r.tenant and o.study_uid = r.study_uid and o.node = r.node
          """);

  private final JdbcTemplate jdbc;

  public StudyReads(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Records reads.
   *
   * @param reads one of a study
   */
  public void record(List<Read> reads) {
    READ.execute(
        jdbc,
        reads.stream()
            .sorted(Comparator.comparing(Read::tenant).thenComparing(Read::study))
            .toList());
  }
}
