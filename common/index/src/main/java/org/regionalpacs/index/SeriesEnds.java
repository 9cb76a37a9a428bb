package org.regionalpacs.index;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tells the two ends of the series of images that viewers put before all others of its study. */
public final class SeriesEnds {
  /**
   * In the order of OHIF: by Series Number, date and time; a series without a number before those
   * that have one. What is about images comes behind all of them.
   */
  private static final String FIRST =
      """
      with s as (
           select series_uid, modality
             from series
            where tenant = :tenant and study_uid = :study
              and modality <> all('{SEG,KO,PR,SR,RTSTRUCT,RTDOSE,RTPLAN,RTRECORD,REG}')
            order by coalesce(series_number, 0), nullif(series_date, '') nulls last,
                  nullif(series_time, '') nulls last, series_uid
            limit 1)
      select s.series_uid as series, s.modality, a.sop_uid as first, b.sop_uid as last,
             coalesce(a.rows, 0) as rows, coalesce(a.columns, 0) as columns
        from s,
             lateral (
             select i.sop_uid, i.rows, i.columns from instance i
              where i.tenant = :tenant and i.study_uid = :study
                and i.series_uid = s.series_uid
              order by coalesce(i.instance_number, 0), i.sop_uid
              limit 1) a,
             lateral (
             select i.sop_uid from instance i
              where i.tenant = :tenant and i.study_uid = :study
                and i.series_uid = s.series_uid
              order by coalesce(i.instance_number, 0) desc, i.sop_uid desc
              limit 1) b
      """;

  private final JdbcClient jdbc;

  SeriesEnds(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A series and its ends, by Instance Number.
   *
   * @param series its Series Instance UID
   * @param modality empty when it doesn't say
   * @param first the SOP Instance UID at one end
   * @param last at the other; the same when there is one instance only
   * @param rows of the first; 0 when it isn't an image
   * @param columns of the first; 0 when it isn't an image
   */
  public record Ends(
      String series, String modality, String first, String last, int rows, int columns) {}

  /** Those of the first series; empty when there is no such study, or none of images. */
  public Optional<Ends> ofFirst(String tenant, String study) {
    return jdbc.sql(FIRST)
        .param("tenant", tenant)
        .param("study", study)
        .query(Ends.class)
        .optional();
  }
}
