package org.regionalpacs.index;

import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Holds off the deletion in a study from who writes objects of it, also before the study has a row
 * to lock. Taken first in a transaction, before any row, and kept to its end: writers share the
 * lock with each other, a deletion has it alone.
 */
final class StudyLocks {
  /** Tells these locks from others that may be taken in the same database. */
  private static final String LOCK =
      """
      select pg_advisory_xact_lock%s(number)
        from (select distinct hashtextextended(r.tenant || ' ' || r.study_uid, 5218) as number
                from %%2$s
               order by number) locks
      """;

  private static final Rows<StudyIdentity> KEYS =
      new Rows<StudyIdentity>()
          .text("tenant", StudyIdentity::tenant)
          .text("study_uid", StudyIdentity::studyUid);

  private static final BatchStatement<StudyIdentity> SHARED =
      new BatchStatement<>(KEYS, LOCK.formatted("_shared"));
  private static final BatchStatement<StudyIdentity> ALONE =
      new BatchStatement<>(KEYS, LOCK.formatted(""));

  private final JdbcTemplate jdbc;

  StudyLocks(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Nothing is deleted in these studies until the transaction ends. */
  void share(Collection<StudyIdentity> studies) {
    SHARED.query(jdbc, List.copyOf(studies), (_, _) -> true);
  }

  /** Nobody writes objects of this study until the transaction ends. */
  void take(StudyIdentity study) {
    ALONE.query(jdbc, List.of(study), (_, _) -> true);
  }
}
