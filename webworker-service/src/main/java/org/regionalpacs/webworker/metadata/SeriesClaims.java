package org.regionalpacs.webworker.metadata;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.regionalpacs.metadata.SeriesKey;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Shares the series without an up-to-date document among webworkers. Who takes a series has it for
 * a while, renewed as long as the worker lives; a failed one rests, longer each time.
 */
final class SeriesClaims {
  private static final int MAX_BACKLOG = 1_000_000;

  /** Rows that another worker is taking, or an indexer is changing, are passed over. */
  static final String CLAIM =
      """
      insert into series_metadata_claim as c
             (tenant, study_uid, series_uid, worker, until, attempts)
      select s.tenant, s.study_uid, s.series_uid, :worker,
             now() + make_interval(secs => :lease), 1
        from series s
        left join series_metadata_claim o using (tenant, study_uid, series_uid)
       where s.metadata_number < s.change_number
         and s.changed < now() - make_interval(secs => :quiet)
         and (o.until is null or o.until < now())
       order by s.changed
       limit :limit
         for no key update of s skip locked
      on conflict (tenant, study_uid, series_uid) do update
         set worker = excluded.worker, until = excluded.until, attempts = c.attempts + 1
       where c.until < now()
      returning tenant, study_uid, series_uid, attempts
      """;

  private static final String MINE =
      """
       where tenant = :tenant and study_uid = :study and series_uid = :series
         and worker = :worker
      """;

  private final JdbcClient jdbc;
  private final MetadataAheadProperties properties;
  private final UUID worker = UUID.randomUUID();

  SeriesClaims(JdbcClient jdbc, MetadataAheadProperties properties) {
    this.jdbc = jdbc;
    this.properties = properties;
  }

  /**
   * A series taken.
   *
   * @param series which
   * @param attempts how often it was taken without success, this time included
   */
  record Claim(SeriesKey series, int attempts) {}

  /**
   * Takes series that changed and became quiet, those waiting longest first; may give fewer than
   * there are when another worker takes some at the same moment.
   */
  List<Claim> claim(int limit) {
    return jdbc.sql(CLAIM)
        .param("worker", worker)
        .param("lease", seconds(properties.lease()))
        .param("quiet", seconds(properties.quiet()))
        .param("limit", limit)
        .query((row, _) ->
            new Claim(
                new SeriesKey(
                    row.getString("tenant"),
                    row.getString("study_uid"),
                    row.getString("series_uid")),
                row.getInt("attempts")))
        .list();
  }

  /** Keeps all that this worker has. */
  void renew() {
    jdbc.sql(
            """
            update series_metadata_claim set until = now() + make_interval(secs => :lease)
             where worker = :worker
            """)
        .param("lease", seconds(properties.lease()))
        .param("worker", worker)
        .update();
  }

  /** The series is done. */
  void done(Claim claim) {
    mine("delete from series_metadata_claim" + MINE, claim).update();
  }

  /** The series failed; it rests. */
  void failed(Claim claim) {
    mine(
            "update series_metadata_claim"
                + " set worker = null, until = now() + make_interval(secs => :rest)"
                + MINE,
            claim)
        .param("rest", seconds(rest(claim.attempts())))
        .update();
  }

  /** Gives back what this worker has, for others to take up at once. */
  void giveBack() {
    jdbc.sql("delete from series_metadata_claim where worker = :worker")
        .param("worker", worker)
        .update();
  }

  /** Series without an up-to-date document, quiet or not. */
  long backlog() {
    return jdbc.sql(
            """
            select count(*) from (
              select 1 from series where metadata_number < change_number limit :limit) waiting
            """)
        .param("limit", MAX_BACKLOG)
        .query(Long.class)
        .single();
  }

  /** Forgets failures of series that nobody has wanted to take up again for long. */
  void forgetOld() {
    jdbc.sql("delete from series_metadata_claim where until < now() - interval '1 day'").update();
  }

  private Duration rest(int attempts) {
    int doublings = Math.min(attempts - 1, 30);
    Duration rest = properties.retry().multipliedBy(1L << doublings);
    return rest.compareTo(properties.retryMax()) < 0 ? rest : properties.retryMax();
  }

  private StatementSpec mine(String sql, Claim claim) {
    return jdbc.sql(sql)
        .param("tenant", claim.series().tenant())
        .param("study", claim.series().study())
        .param("series", claim.series().series())
        .param("worker", worker);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
