package org.regionalpacs.index;

import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which studies have files on which node; eviction takes the one first that was used least. */
final class OnlineStudyTable {

  /**
   * A study of which a node received something.
   *
   * @param received time of the reception, milliseconds of the Unix epoch
   */
  record Entry(StudyIdentity study, String node, long received) {}

  /** A study that is being filled has its row; that is changed every ten minutes at most. */
  private static final BatchStatement<Entry> RECEIVED =
      new BatchStatement<>(
          new Rows<Entry>()
              .text("tenant", entry -> entry.study().tenant())
              .text("study_uid", entry -> entry.study().studyUid())
              .text("node", Entry::node)
              .bigint("received", Entry::received),
          """
          insert into online_study as o (tenant, study_uid, node, used, queued)
          select r.tenant, r.study_uid, r.node, r.used, r.used
            from (select %1$s, to_timestamp(received / 1000.0) as used from %2$s) r
           where (select count(*) from online_study k
                   where k.tenant = r.tenant and k.study_uid = r.study_uid and k.node = r.node
                     and k.online and k.used > r.used - interval '10 minutes') = 0
           order by r.tenant collate "C", r.study_uid collate "C", r.node collate "C"
          on conflict (tenant, study_uid, node) do update set
            used = greatest(o.used, excluded.used),
            queued = greatest(o.queued, excluded.queued),
            online = true
          """);

  private final JdbcTemplate jdbc;

  OnlineStudyTable(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Something was received.
   *
   * @param entries one of a study and node
   */
  void received(List<Entry> entries) {
    RECEIVED.execute(jdbc, entries);
  }
}
