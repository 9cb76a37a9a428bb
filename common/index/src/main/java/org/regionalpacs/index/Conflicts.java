package org.regionalpacs.index;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** Lists conflicts, the one seen last first. */
public final class Conflicts {
  private final JdbcTemplate jdbc;

  public Conflicts(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** A page. A conflict that is seen again between two pages moves to the front. */
  public List<Conflict> list(ConflictQuery query) {
    StringBuilder sql = new StringBuilder("select * from conflict where tenant = ?");
    List<Object> values = new ArrayList<>(List.of(query.tenant()));
    query
        .kind()
        .ifPresent(kind -> {
          sql.append(" and kind = ?");
          values.add(kind.id());
        });
    query
        .study()
        .ifPresent(study -> {
          sql.append(" and study_uid = ?");
          values.add(study);
        });
    query
        .since()
        .ifPresent(since -> {
          sql.append(" and last_seen >= ?");
          values.add(time(since));
        });
    query
        .after()
        .ifPresent(after -> {
          sql.append(" and last_seen <= ? and (last_seen < ? or conflict_id > ?)");
          values.addAll(List.of(time(after.lastSeen()), time(after.lastSeen()), after.id()));
        });
    sql.append(" order by last_seen desc, conflict_id limit ?");
    values.add(query.limit());
    return jdbc.query(sql.toString(), (row, _) -> conflict(row), values.toArray());
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static Conflict conflict(ResultSet row) throws SQLException {
    return new Conflict(
        row.getString("tenant"),
        row.getObject("conflict_id", UUID.class),
        ConflictKind.of(row.getString("kind")).orElseThrow(),
        row.getString("study_uid"),
        row.getString("series_uid"),
        row.getString("sop_uid"),
        row.getObject("reception_id", UUID.class),
        Differences.read(row.getString("differences")),
        row.getInt("objects"),
        row.getObject("first_seen", OffsetDateTime.class).toInstant(),
        row.getObject("last_seen", OffsetDateTime.class).toInstant());
  }
}
