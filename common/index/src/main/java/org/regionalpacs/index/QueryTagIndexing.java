package org.regionalpacs.index;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Indexes what is stored already by extended query tags: series by series, in the order of their
 * keys, with a mark behind the last one that is done. What arrives meanwhile is indexed as it
 * arrives. What is read is written by {@link QueryTagWriter}.
 */
public final class QueryTagIndexing {
  private final JdbcClient client;

  public QueryTagIndexing(JdbcTemplate jdbc) {
    this.client = JdbcClient.create(jdbc);
  }

  /**
   * A stretch of series that are to be read for tags.
   *
   * @param tenant whose
   * @param tags ids of the tags that have come as far
   * @param series the next ones; none when all are done
   */
  public record Stretch(String tenant, Set<Integer> tags, List<Place> series) {}

  /** A series. */
  public record Place(String tenant, String study, String series) {
    SeriesIdentity identity() {
      return new SeriesIdentity(tenant, study, series);
    }
  }

  /**
   * A series that is to be read again.
   *
   * @param revision grows when it is to be read once more
   * @param attempts how often that failed
   */
  public record Waiting(Place place, long revision, int attempts) {}

  /** What an object says. */
  public record Read(String sop, UUID receptionId, List<QueryTagReading> readings) {}

  /**
   * Takes the tags that have come least far, of any tenant, and holds them for a while.
   *
   * @return empty when nothing is to be done, or others do it
   */
  public Optional<Stretch> take(int most, Duration hold) {
    record Taken(int tag, String tenant, String study, String series, boolean counted) {}
    List<Taken> taken =
        client
            .sql(
                """
                update query_tag t
                   set held_until = now() + make_interval(secs => :hold)
                  from (select tenant, cursor_study, cursor_series
                          from query_tag
                         where state = 'indexing' and held_until < now()
                         order by cursor_study, cursor_series, tenant limit 1) c
                 where t.tenant = c.tenant and t.state = 'indexing' and t.held_until < now()
                   and t.cursor_study = c.cursor_study and t.cursor_series = c.cursor_series
                returning t.tag_id, t.tenant, t.cursor_study, t.cursor_series, t.series_total > 0
                """)
            .param("hold", seconds(hold))
            .query((row, _) ->
                new Taken(
                    row.getInt(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getBoolean(5)))
            .list();
    if (taken.isEmpty()) {
      return Optional.empty();
    }
    Taken first = taken.getFirst();
    Set<Integer> tags = taken.stream().map(Taken::tag).collect(Collectors.toSet());
    if (!taken.stream().allMatch(Taken::counted)) {
      count(first.tenant(), tags);
    }
    List<Place> series =
        client
            .sql(
                """
                select tenant, study_uid, series_uid from series
                 where tenant = ? and (study_uid, series_uid) > (?, ?)
                 order by study_uid, series_uid limit ?
                """)
            .params(first.tenant(), first.study(), first.series(), most)
            .query((row, _) -> place(row))
            .list();
    return Optional.of(new Stretch(first.tenant(), tags, series));
  }

  /** Of how many series a tag's progress is: all of the tenant's are counted, once for a tag. */
  private void count(String tenant, Set<Integer> tags) {
    client
        .sql(
            """
            update query_tag
               set series_total = (select count(*) from series where tenant = :tenant)
             where tenant = :tenant and tag_id in (:tags) and series_total = 0
            """)
        .param("tenant", tenant)
        .param("tags", tags)
        .update();
  }

  private static Place place(ResultSet row) throws SQLException {
    return new Place(
        row.getString("tenant"), row.getString("study_uid"), row.getString("series_uid"));
  }

  /** Marks a series of a stretch as done, and holds the tags for another while. */
  public void done(Stretch stretch, Place series, Duration hold) {
    client
        .sql(
            """
            update query_tag
               set cursor_study = :study, cursor_series = :series, series_done = series_done + 1,
                   held_until = now() + make_interval(secs => :hold)
             where tenant = :tenant and tag_id in (:tags) and state = 'indexing'
               and (cursor_study, cursor_series) < (:study, :series)
            """)
        .param("study", series.study())
        .param("series", series.series())
        .param("hold", seconds(hold))
        .param("tenant", stretch.tenant())
        .param("tags", stretch.tags())
        .update();
  }

  /** Holds the tags of a stretch for another while. */
  public void hold(Stretch stretch, Duration hold) {
    client
        .sql(
            """
            update query_tag set held_until = now() + make_interval(secs => :hold)
             where tenant = :tenant and tag_id in (:tags) and state = 'indexing'
            """)
        .param("hold", seconds(hold))
        .param("tenant", stretch.tenant())
        .param("tags", stretch.tags())
        .update();
  }

  /** Lets others have the tags; without a series left, they are ready. */
  public void release(Stretch stretch) {
    client
        .sql(
            """
            update query_tag
               set held_until = 'epoch',
                   state = case when :all then 'ready' else state end,
                   series_total = case when :all then series_done else series_total end
             where tenant = :tenant and tag_id in (:tags) and state = 'indexing'
            """)
        .param("all", stretch.series().isEmpty())
        .param("tenant", stretch.tenant())
        .param("tags", stretch.tags())
        .update();
  }

  /** Takes series that are to be read again, those waiting longest first. */
  public List<Waiting> takeWaiting(int most, Duration hold) {
    return client
        .sql(
            """
            update query_tag_waiting w
               set not_before = now() + make_interval(secs => :hold), attempts = w.attempts + 1
              from (select tenant, study_uid, series_uid from query_tag_waiting
                     where not_before < now() order by not_before limit :most
                       for update skip locked) due
             where w.tenant = due.tenant and w.study_uid = due.study_uid
               and w.series_uid = due.series_uid
            returning w.tenant, w.study_uid, w.series_uid, w.revision, w.attempts - 1 as attempts
            """)
        .param("hold", seconds(hold))
        .param("most", most)
        .query((row, _) -> new Waiting(place(row), row.getLong("revision"), row.getInt("attempts")))
        .list();
  }

  /** The series was read, unless it is to be read once more. */
  public void done(Waiting waiting) {
    client
        .sql(
            """
            delete from query_tag_waiting
             where tenant = ? and study_uid = ? and series_uid = ? and revision = ?
            """)
        .params(
            waiting.place().tenant(),
            waiting.place().study(),
            waiting.place().series(),
            waiting.revision())
        .update();
  }

  /** Some of its objects can't be reached: it is read again, not before this time has passed. */
  public void postpone(Place series, Duration rest) {
    client
        .sql(
            """
            insert into query_tag_waiting as w (tenant, study_uid, series_uid, not_before)
            values (:tenant, :study, :series, now() + make_interval(secs => :rest))
            on conflict (tenant, study_uid, series_uid)
            do update set not_before = excluded.not_before
            """)
        .param("tenant", series.tenant())
        .param("study", series.study())
        .param("series", series.series())
        .param("rest", seconds(rest))
        .update();
  }

  /**
   * Removes values of tags that were taken away, and in the end the tags.
   *
   * @param most values removed
   * @return how many were removed; fewer than that when nothing is left
   */
  public int removeDeleted(int most) {
    int removed = 0;
    for (String table : List.of("query_tag_value", "query_tag_error")) {
      removed +=
          client
              .sql(
                  """
                  delete from %1$s
                   where ctid in (select v.ctid
                                    from query_tag t
                                   cross join lateral (
                                         select k.ctid from %1$s k
                                          where k.tenant = t.tenant and k.tag_id = t.tag_id
                                          limit :most) v
                                   where t.state = 'deleting'
                                   limit :most)
                  """
                      .formatted(table))
              .param("most", most)
              .update();
    }
    if (removed == 0) {
      client
          .sql(
              """
              delete from query_tag t
               where t.state = 'deleting'
                 and not exists (select 1 from query_tag_value v
                                  where v.tenant = t.tenant and v.tag_id = t.tag_id)
                 and not exists (select 1 from query_tag_error e
                                  where e.tenant = t.tenant and e.tag_id = t.tag_id)
              """)
          .update();
    }
    return removed;
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
