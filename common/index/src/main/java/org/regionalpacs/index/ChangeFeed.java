package org.regionalpacs.index;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.regionalpacs.index.Change.Action;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the changes of the index in their order. */
public final class ChangeFeed {
  private static final String COLUMNS =
      "select sequence, tenant, action, study_uid, series_uid, sop_uid, reception_id, happened"
          + " from change";

  private final JdbcClient jdbc;

  ChangeFeed(JdbcTemplate jdbc) {
    this.jdbc = JdbcClient.create(jdbc);
  }

  /**
   * How far the feed goes.
   *
   * @param last the last number that was given, 0 before the first
   * @param forgotten changes up to this number are no longer kept; 0 when all are
   */
  public record Extent(long last, long forgotten) {}

  /** How far it goes now; what was read before reading this is older. */
  public Extent extent() {
    return jdbc.sql("select last, forgotten from change_sequence")
        .query((row, _) -> new Extent(row.getLong(1), row.getLong(2)))
        .single();
  }

  /**
   * A tenant's changes above a number, in their order.
   *
   * @param since a number; it needn't be that of a change
   * @param most so many at most
   */
  public List<Change> after(String tenant, long since, int most) {
    requirePositive(most);
    return jdbc.sql(
            COLUMNS + " where tenant = ? and sequence > ? order by tenant, sequence limit ?")
        .params(tenant, since, most)
        .query(ChangeFeed::change)
        .list();
  }

  /** The changes of all tenants above a number, in their order. See {@link #after}. */
  public List<Change> afterOfAll(long since, int most) {
    requirePositive(most);
    return jdbc.sql(COLUMNS + " where sequence > ? order by sequence limit ?")
        .params(since, most)
        .query(ChangeFeed::change)
        .list();
  }

  static void requirePositive(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("at least one change at a time");
    }
  }

  private static Change change(ResultSet row, int number) throws SQLException {
    return new Change(
        row.getLong("sequence"),
        row.getString("tenant"),
        Action.ofColumn(row.getString("action")),
        row.getObject("happened", OffsetDateTime.class).toInstant(),
        row.getString("study_uid"),
        uid(row.getString("series_uid")),
        uid(row.getString("sop_uid")),
        Optional.ofNullable(row.getObject("reception_id", UUID.class)));
  }

  private static Optional<String> uid(String uid) {
    return uid.isEmpty() ? Optional.empty() : Optional.of(uid);
  }
}
