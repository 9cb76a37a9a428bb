package org.regionalpacs.wado.query;

import java.util.List;
import java.util.function.Function;

/**
 * The SQL of Instance Availability (0008,0056; PS3.3 C.4.23.1.1). An instance is NEARLINE when its
 * online file was evicted: it is in the archive only. A series or study is as available as the
 * least available of its instances (PS3.4 C.4.1.1.3.2), so NEARLINE when one of them is.
 */
final class Availability {
  /**
   * Whether objects of a study were evicted, which most have none of: the index for it has those
   * only. Not EXISTS, here and below: for many results, PostgreSQL would read the whole table into
   * a hash first.
   */
  static final String EVICTED_OF_STUDY =
      """
      (select 1 from online_study o
        where o.tenant = s.tenant and o.study_uid = s.study_uid and o.evicted_objects > 0
        limit 1) is not null\
      """;

  /**
   * Which of some results have an evicted instance. A statement of its own: beside the results, its
   * 32 partitions would be planned and opened for every search. OFFSET keeps places from being
   * joined by reading them from end to end.
   */
  private static final String NEARLINE =
      """
      select k.n::int
        from unnest(?::text[], ?::text[], ?::text[]) with ordinality k(study, series, sop, n)
       where (select 1 from instance a
               cross join lateral (
                     select p.state from location p
                      where p.tenant = a.tenant and p.reception_id = a.reception_id
                        and p.store = 'online'
                     offset 0) l
               where a.tenant = ? and a.study_uid = k.study%s and l.state = 'evicted'
               limit 1) is not null\
      """;

  private static final String OF_SERIES = " and a.series_uid = k.series";
  private static final String OF_INSTANCE = OF_SERIES + " and a.sop_uid = k.sop";

  private Availability() {}

  /** Finds the positions, from 1, of the rows that are NEARLINE; rows are of one level. */
  static Condition nearlineAmong(String tenant, Level level, List<SearchRow> rows) {
    String of =
        switch (level) {
          case STUDY -> "";
          case SERIES -> OF_SERIES;
          case INSTANCE -> OF_INSTANCE;
        };
    return Condition.of(
        NEARLINE.formatted(of),
        uids(rows, row -> row.study().uid()),
        uids(rows, row -> row.series().map(SearchRow.OfSeries::uid).orElse("")),
        uids(rows, row -> row.instance().map(SearchRow.OfInstance::uid).orElse("")),
        tenant);
  }

  private static String[] uids(List<SearchRow> rows, Function<SearchRow, String> uid) {
    return rows.stream().map(uid).toArray(String[]::new);
  }
}
