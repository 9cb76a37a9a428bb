package org.regionalpacs.metadata;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The rows that say which document a series has.
 *
 * <p>A blob is on record before its first byte is written ({@code discarded_metadata}), and again
 * when another takes its place, so that whatever happens in between none is left behind.
 */
final class KeptDocuments {
  private static final String OF_SERIES =
      " where tenant = :tenant and study_uid = :study and series_uid = :series";

  private static final String STATES =
      """
      select series_uid, s.change_number as counted, m.change_number, m.blob_id, m.size, m.frames_size,
             m.base_url, m.format, m.complete, m.created
        from series s
        left join series_metadata m using (tenant, study_uid, series_uid)
      """;

  private static final String STATE = STATES + OF_SERIES;

  private static final String STATES_OF_STUDY =
      STATES
          + """
           where tenant = :tenant and study_uid = :study
           order by s.series_number, series_uid
          """;

  private static final String KEEP =
      """
      insert into series_metadata as m
             (tenant, study_uid, series_uid, change_number, blob_id, size, frames_size, base_url,
              format, complete, created)
      values (:tenant, :study, :series, :number, :blob, :size, :frames, :base, :format, :complete,
              :created)
      on conflict (tenant, study_uid, series_uid) do update
         set change_number = excluded.change_number, blob_id = excluded.blob_id,
             size = excluded.size, frames_size = excluded.frames_size,
             base_url = excluded.base_url, format = excluded.format, complete = excluded.complete,
             created = excluded.created
       where m.change_number < excluded.change_number or m.blob_id = :replaced
      """;

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;

  KeptDocuments(JdbcClient jdbc, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  /** Empty when there is no such series. */
  Optional<SeriesState> state(SeriesKey series) {
    return ofSeries(STATE, series).query(KeptDocuments::state).optional();
  }

  /**
   * The series of a study in the order of their numbers, in one query; none when there is no such
   * study.
   */
  Map<SeriesKey, SeriesState> states(String tenant, String study) {
    Map<SeriesKey, SeriesState> states = new LinkedHashMap<>();
    jdbc.sql(STATES_OF_STUDY)
        .param("tenant", tenant)
        .param("study", study)
        .query(row -> {
          states.put(new SeriesKey(tenant, study, row.getString("series_uid")), state(row, 0));
        });
    return states;
  }

  /** Records that a blob is being written. */
  void begin(SeriesKey series, String name) {
    discard(series, name);
  }

  /**
   * Makes a document the one of its series, unless there is a newer one by now.
   *
   * @param begunAs what {@link #begin} was told
   * @param replaced blob id of the document that it was found to be better than; empty if none
   * @return whether it is
   */
  boolean keep(SeriesKey series, KeptDocument document, String begunAs, String replaced) {
    return Boolean.TRUE.equals(
        transaction.execute(_ -> keepInTransaction(series, document, begunAs, replaced)));
  }

  private boolean keepInTransaction(
      SeriesKey series, KeptDocument document, String begunAs, String replaced) {
    if (!lock(series)) {
      // Deleted meanwhile. The blob stays on record as one to be removed.
      return false;
    }
    Optional<String> older =
        ofSeries("select blob_id from series_metadata" + OF_SERIES + " for update", series)
            .query(String.class)
            .optional();
    int begun =
        jdbc.sql("delete from discarded_metadata where tenant = :tenant and blob_id = :blob")
            .param("tenant", series.tenant())
            .param("blob", begunAs)
            .update();
    // Not begun: it took so long that the blob was cleared away.
    if (begun == 0 || upsert(series, document, replaced) == 0) {
      discard(series, document.blobId());
      return false;
    }
    older.filter(id -> !id.equals(document.blobId())).ifPresent(id -> discard(series, id));
    if (document.complete()) {
      markDone(series, document.changeNumber());
    }
    return true;
  }

  /** Before its document's row, in the order of all writers; false when there is no such series. */
  private boolean lock(SeriesKey series) {
    return ofSeries("select 1 from series" + OF_SERIES + " for no key update", series)
        .query(Integer.class)
        .optional()
        .isPresent();
  }

  private int upsert(SeriesKey series, KeptDocument document, String replaced) {
    return ofSeries(KEEP, series)
        .param("number", document.changeNumber())
        .param("blob", document.blobId())
        .param("size", document.size())
        .param("frames", document.framesSize())
        .param("base", document.baseUrl())
        .param("format", document.format())
        .param("complete", document.complete())
        .param("created", document.created().atOffset(ZoneOffset.UTC))
        .param("replaced", replaced)
        .update();
  }

  /** Records that nothing is left to be done for the series up to this change. */
  void markDone(SeriesKey series, long changeNumber) {
    ofSeries(
            "update series set metadata_number = :number"
                + OF_SERIES
                + " and metadata_number < :number",
            series)
        .param("number", changeNumber)
        .update();
  }

  private void discard(SeriesKey series, String blobId) {
    jdbc.sql(
            """
            insert into discarded_metadata (tenant, blob_id) values (:tenant, :blob)
            on conflict (tenant, blob_id) do update set discarded = now()
            """)
        .param("tenant", series.tenant())
        .param("blob", blobId)
        .update();
  }

  private StatementSpec ofSeries(String sql, SeriesKey series) {
    return jdbc.sql(sql)
        .param("tenant", series.tenant())
        .param("study", series.study())
        .param("series", series.series());
  }

  private static SeriesState state(ResultSet row, int number) throws SQLException {
    return new SeriesState(row.getLong("counted"), kept(row));
  }

  private static Optional<KeptDocument> kept(ResultSet row) throws SQLException {
    String blobId = row.getString("blob_id");
    if (blobId == null) {
      return Optional.empty();
    }
    return Optional.of(
        new KeptDocument(
            row.getLong("change_number"),
            blobId,
            row.getLong("size"),
            row.getLong("frames_size"),
            row.getString("base_url"),
            row.getInt("format"),
            row.getBoolean("complete"),
            row.getObject("created", OffsetDateTime.class).toInstant()));
  }
}
