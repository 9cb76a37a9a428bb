package org.regionalpacs.index;

/**
 * The statements of a deletion. They take {@code :tenant}, {@code :study}, {@code :series} and
 * {@code :sop}, the last two empty for all.
 */
final class DeletionStatements {
  private static final String IN_SCOPE =
      """
       where tenant = :tenant and study_uid = :study
         and (:series = '' or series_uid = :series) and (:sop = '' or sop_uid = :sop)
      """;

  private static final String OF_SERIES =
      """
       where tenant = :tenant and study_uid = :study and (:series = '' or series_uid = :series)
      """;

  static final String LOCK_PATIENT =
      """
      select p.patient_key
        from patient p
       where (p.tenant, p.patient_key) in
             (select tenant, patient_key from study where tenant = :tenant and study_uid = :study)
         for update
      """;

  static final String LOCK_STUDY =
      "select 1 from study where tenant = :tenant and study_uid = :study for update";

  static final String LOCK_SERIES =
      "select 1 from series" + OF_SERIES + " order by series_uid for update";

  /**
   * All versions, their renditions, and the places of both; how many versions. What was evicted of
   * them isn't any longer: nobody is to want it back. Takes {@code :id} and {@code :cutoff} too.
   */
  static final String OBJECTS =
      """
      with live as (
        delete from instance %1$s returning tenant, reception_id, study_uid, series_uid, sop_uid
      ), superseded as (
        delete from superseded_instance %1$s
        returning tenant, reception_id, study_uid, series_uid, sop_uid
      ), doomed as (
        select * from live union all select * from superseded
      ), renditions as (
        delete from rendition %1$s
        returning tenant, rendition_id as reception_id, study_uid, series_uid, sop_uid
      ), places as (
        delete from location l
         using (select * from doomed union all select * from renditions) d
         where l.tenant = d.tenant and l.reception_id = d.reception_id
        returning l.tenant, l.reception_id, l.store, l.node, l.blob_id, d.study_uid, d.series_uid,
                  d.sop_uid, l.state, l.blob_length
      ), evicted as (
        update online_study o
           set evicted_objects = greatest(o.evicted_objects - p.objects, 0),
               evicted_bytes = greatest(o.evicted_bytes - p.bytes, 0),
               wanted = case when o.evicted_objects > p.objects then o.wanted end
          from (select node, count(*) as objects, sum(blob_length) as bytes
                  from places where store = 'online' and state = 'evicted' group by node) p
         where o.tenant = :tenant and o.study_uid = :study and o.node = p.node
      ), removals as (
        insert into removal
               (tenant, reception_id, store, node, blob_id, study_uid, series_uid, sop_uid, cutoff)
        select tenant, reception_id, store, node, blob_id, study_uid, series_uid, sop_uid, :cutoff
          from places
        on conflict (tenant, reception_id, store, blob_id) do nothing
      ), dead as (
        insert into dead_reception (tenant, reception_id, deletion_id)
        select tenant, reception_id, :id from doomed where reception_id >= :id
        on conflict (tenant, reception_id) do update set deletion_id = excluded.deletion_id
      )
      select count(*) from doomed
      """
          .formatted(IN_SCOPE);

  static final String TOMBSTONE =
      """
      insert into deletion (tenant, deletion_id, study_uid, series_uid, sop_uid, requested, cutoff)
      values (:tenant, :id, :study, :series, :sop, :requested, :cutoff)
      """;

  /** Nobody needs them any longer, so that they are removed at once. */
  static final String METADATA =
      """
      with gone as (
        delete from series_metadata %s returning tenant, blob_id
      )
      insert into discarded_metadata (tenant, blob_id, discarded)
      select tenant, blob_id, 'epoch' from gone
      on conflict (tenant, blob_id) do update set discarded = excluded.discarded
      """
          .formatted(OF_SERIES);

  static final String CLAIMS = "delete from series_metadata_claim" + OF_SERIES;

  static final String EMPTY_SERIES =
      """
      with gone as (
        delete from series s %s
           and not exists (select 1 from instance i
                            where i.tenant = s.tenant and i.study_uid = s.study_uid
                              and i.series_uid = s.series_uid)
        returning tenant, study_uid, series_uid, change_number
      )
      insert into deleted_series as d (tenant, study_uid, series_uid, change_number)
      select tenant, study_uid, series_uid, change_number from gone
      on conflict (tenant, study_uid, series_uid)
      do update set change_number = greatest(d.change_number, excluded.change_number)
      """
          .formatted(OF_SERIES);

  /** Those that have instances left. */
  static final String CHANGED_SERIES =
      "update series set change_number = change_number + 1, changed = now()" + OF_SERIES;

  static final String EMPTY_STUDY =
      """
      delete from study s
       where s.tenant = :tenant and s.study_uid = :study
         and not exists (select 1 from series u
                          where u.tenant = s.tenant and u.study_uid = s.study_uid)
      """;

  static final String CONFLICTS =
      "delete from conflict where tenant = :tenant and study_uid = :study";

  static final String ONLINE =
      "delete from online_study where tenant = :tenant and study_uid = :study";

  static final String PIN = "delete from study_pin where tenant = :tenant and study_uid = :study";

  static final String EMPTY_PATIENT =
      """
      delete from patient p
       where p.tenant = :tenant and p.patient_key = :patient
         and not exists (select 1 from study s
                          where s.tenant = p.tenant and s.patient_key = p.patient_key)
      """;

  private DeletionStatements() {}
}
