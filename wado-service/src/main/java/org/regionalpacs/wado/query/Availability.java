package org.regionalpacs.wado.query;

/**
 * The SQL of Instance Availability (0008,0056; PS3.3 C.4.23.1.1). An instance is NEARLINE when its
 * online file was evicted: it is in the archive only. A series or study is as available as the
 * least available of its instances (PS3.4 C.4.1.1.3.2), so NEARLINE when one of them is.
 */
final class Availability {
  /**
   * Most studies have nothing evicted, which one row tells. Not EXISTS, here and below: for many
   * results, PostgreSQL would read the whole table into a hash first.
   */
  private static final String ALL_ONLINE =
      """
      (select 1 from online_study o
        where o.tenant = s.tenant and o.study_uid = s.study_uid and o.evicted_objects > 0
        limit 1) is null\
      """;

  /** OFFSET keeps places from being joined by reading them from end to end. */
  private static final String EVICTED =
      """
      (select 1 from instance a
        cross join lateral (
              select p.state from location p
               where p.tenant = a.tenant and p.reception_id = a.reception_id and p.store = 'online'
              offset 0) l
        where a.tenant = s.tenant and a.study_uid = s.study_uid%s and l.state = 'evicted'
        limit 1) is not null\
      """;

  private static final String OF_SERIES = " and a.series_uid = se.series_uid";
  private static final String OF_INSTANCE = OF_SERIES + " and a.sop_uid = i.sop_uid";

  private Availability() {}

  /** The column {@code nearline} of results of a level. */
  static String nearline(Level level) {
    String of =
        switch (level) {
          case STUDY -> "";
          case SERIES -> OF_SERIES;
          case INSTANCE -> OF_INSTANCE;
        };
    return "case when %s then false else %s end as nearline, "
        .formatted(ALL_ONLINE, EVICTED.formatted(of));
  }
}
