package org.regionalpacs.index;

/** Statements on the values of query tags that several classes have. */
final class QueryTagStatements {

  /** What waits already is read once more, though it be being read. */
  static final String ONCE_MORE =
      """

      on conflict (tenant, study_uid, series_uid)
      do update set revision = w.revision + 1, attempts = 0, not_before = now()
      """;

  /**
   * After a CTE {@code gone} of values: other objects of the study or the series may have one that
   * takes their place.
   */
  static final String AWAIT_OTHERS =
      """
      insert into query_tag_waiting as w (tenant, study_uid, series_uid)
      select distinct s.tenant, s.study_uid, s.series_uid
        from gone g
       cross join lateral (
             select k.tenant, k.study_uid, k.series_uid
               from series k
              where k.tenant = g.tenant and k.study_uid = g.study_uid
                and (g.series_uid = '' or k.series_uid = g.series_uid)
             offset 0) s
       where g.sop_uid = ''
       order by s.tenant, s.study_uid, s.series_uid
      """
          + ONCE_MORE;

  /** Of a deletion: takes the parameters of {@link DeletionStatements}; before its objects go. */
  static final String DELETE_VALUES =
      """
      with gone as (
        delete from query_tag_value v
         where v.tenant = :tenant and v.study_uid = :study
           and (:series = ''
                or v.series_uid = :series and (:sop = '' or v.sop_uid = :sop)
                or v.sop_uid = '' and v.reception_id in
                   (select i.reception_id from instance i
                     where i.tenant = :tenant and i.study_uid = :study
                       and i.series_uid = :series and (:sop = '' or i.sop_uid = :sop)))
        returning v.tenant, v.study_uid, v.series_uid, v.sop_uid
      )
      """
          + AWAIT_OTHERS;

  static final String DELETE_ERRORS =
      """
      delete from query_tag_error
       where tenant = :tenant and study_uid = :study
         and (:series = '' or series_uid = :series) and (:sop = '' or sop_uid = :sop)
      """;

  private QueryTagStatements() {}
}
