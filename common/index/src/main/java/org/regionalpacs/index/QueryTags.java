package org.regionalpacs.index;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.regionalpacs.dicom.data.VR;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The extended query tags of tenants: attributes that they search by beside those that are always
 * indexed. New arrivals are indexed by a tag from the moment it is added; what is stored already is
 * read by {@link QueryTagIndexing}.
 */
public final class QueryTags {
  private static final String COLUMNS = "tenant, tag_id, path, creator, vr, level";

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final QueryTagLock lock;

  public QueryTags(JdbcTemplate jdbc, TransactionTemplate transaction) {
    this.jdbc = JdbcClient.create(jdbc);
    this.transaction = transaction;
    this.lock = new QueryTagLock(jdbc);
  }

  /** A tag to be added; see {@link QueryTag}. */
  public record Wanted(List<Integer> path, String creator, VR vr, QueryTagLevel level) {
    public Wanted {
      path = List.copyOf(path);
    }
  }

  /** What became of adding. */
  public sealed interface Addition {}

  /** All of them are there now. */
  public record Added(List<QueryTag> tags) implements Addition {}

  /** None was added, as one is there already. */
  public record AlreadyThere(String path) implements Addition {}

  /** None was added, as there would be too many. */
  public record TooMany(int there) implements Addition {}

  /**
   * A tag and how far it is.
   *
   * @param ready whether all that is stored was read for it
   * @param seriesDone series read
   * @param seriesTotal series there were when that began; 0 before
   * @param errors instances that couldn't be read for it, counted to a bound by {@link #list} only
   */
  public record Status(
      QueryTag tag, Instant added, boolean ready, long seriesDone, long seriesTotal, long errors) {}

  /** An instance that couldn't be read for a tag. */
  public record Failure(String study, String series, String sop, String reason, Instant happened) {}

  /** All that there are, of all tenants. */
  public QueryTagSet load() {
    return transaction.execute(_ -> loadNow());
  }

  /** The same, or what is known if that is still so. */
  public QueryTagSet since(QueryTagSet known) {
    return lock.generation() == known.generation() ? known : load();
  }

  private QueryTagSet loadNow() {
    // The number first: tags that are added in between are then read once more, not missed.
    long generation = lock.generation();
    Map<String, List<QueryTag>> tags = new HashMap<>();
    jdbc.sql("select " + COLUMNS + " from query_tag where state <> 'deleting' order by tag_id")
        .query((row, _) -> tag(row))
        .list()
        .forEach(tag -> tags.computeIfAbsent(tag.tenant(), _ -> new ArrayList<>()).add(tag));
    return new QueryTagSet(generation, tags);
  }

  /**
   * Adds tags, all or none. Waits for batches that are being indexed without them.
   *
   * @param most how many a tenant may have
   */
  public Addition add(String tenant, List<Wanted> wanted, int most) {
    return transaction.execute(_ -> {
      lock.take();
      List<String> there =
          jdbc.sql("select path from query_tag where tenant = ? and state <> 'deleting'")
              .param(tenant)
              .query(String.class)
              .list();
      for (Wanted one : wanted) {
        if (there.contains(QueryTag.text(one.path()))) {
          return new AlreadyThere(QueryTag.text(one.path()));
        }
      }
      if (there.size() + wanted.size() > most) {
        return new TooMany(there.size());
      }
      List<QueryTag> added = wanted.stream().map(one -> insert(tenant, one)).toList();
      lock.advance();
      return new Added(added);
    });
  }

  private QueryTag insert(String tenant, Wanted wanted) {
    return jdbc.sql(
            "insert into query_tag (tenant, path, creator, vr, level, state)"
                + " values (?, ?, ?, ?, ?, 'indexing') returning "
                + COLUMNS)
        .params(
            tenant,
            QueryTag.text(wanted.path()),
            wanted.creator(),
            wanted.vr().name(),
            wanted.level().column())
        .query((row, _) -> tag(row))
        .single();
  }

  /**
   * Takes a tag away. Nothing is searched by it any more; its values are removed in the background.
   *
   * @return whether there was one
   */
  public boolean delete(String tenant, List<Integer> path) {
    return transaction.execute(_ -> {
      lock.take();
      boolean there =
          jdbc.sql(
                      """
                      update query_tag set state = 'deleting', held_until = 'epoch'
                       where tenant = ? and path = ? and state <> 'deleting'
                      """)
                  .params(tenant, QueryTag.text(path))
                  .update()
              == 1;
      if (there) {
        lock.advance();
      }
      return there;
    });
  }

  /** The tags of a tenant as searches need them: errors are 1 where there are any. */
  public List<Status> searchable(String tenant) {
    return statuses(tenant, 1);
  }

  /** The tags of a tenant, the oldest first. Errors are counted to a million. */
  public List<Status> list(String tenant) {
    return statuses(tenant, 1_000_000);
  }

  private List<Status> statuses(String tenant, int mostErrors) {
    return jdbc.sql(
            """
            select t.*, (select count(*)
                           from (select 1 from query_tag_error e
                                  where e.tenant = t.tenant and e.tag_id = t.tag_id
                                  order by e.study_uid
                                  limit ?) e) as errors
              from query_tag t
             where t.tenant = ? and t.state <> 'deleting'
             order by t.tag_id
            """)
        .params(mostErrors, tenant)
        .query((row, _) ->
            new Status(
                tag(row),
                row.getObject("added", OffsetDateTime.class).toInstant(),
                row.getString("state").equals("ready"),
                row.getLong("series_done"),
                row.getLong("series_total"),
                row.getLong("errors")))
        .list();
  }

  /**
   * Instances that couldn't be read for a tag, by their UIDs.
   *
   * @param after the last one of the page before
   */
  public List<Failure> failures(QueryTag tag, Optional<Failure> after, int limit) {
    return jdbc.sql(
            """
            select study_uid, series_uid, sop_uid, reason, happened from query_tag_error
             where tenant = ? and tag_id = ? and (study_uid, series_uid, sop_uid) > (?, ?, ?)
             order by study_uid, series_uid, sop_uid limit ?
            """)
        .params(
            tag.tenant(),
            tag.id(),
            after.map(Failure::study).orElse(""),
            after.map(Failure::series).orElse(""),
            after.map(Failure::sop).orElse(""),
            limit)
        .query((row, _) ->
            new Failure(
                row.getString("study_uid"),
                row.getString("series_uid"),
                row.getString("sop_uid"),
                row.getString("reason"),
                row.getObject("happened", OffsetDateTime.class).toInstant()))
        .list();
  }

  static QueryTag tag(ResultSet row) throws SQLException {
    return new QueryTag(
        row.getString("tenant"),
        row.getInt("tag_id"),
        QueryTag.path(row.getString("path")),
        row.getString("creator"),
        VR.valueOf(row.getString("vr")),
        QueryTagLevel.ofColumn(row.getString("level")));
  }
}
