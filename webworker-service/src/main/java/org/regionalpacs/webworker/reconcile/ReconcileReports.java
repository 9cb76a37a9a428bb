package org.regionalpacs.webworker.reconcile;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads what nodes found. */
final class ReconcileReports {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MOST_RUNS = 100;
  private static final int MOST_FINDINGS = 1000;

  private final JdbcClient jdbc;

  ReconcileReports(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A run of a node.
   *
   * @param node id of the node
   * @param seen when the node was last heard of
   * @param files looked at
   * @param bytesRead read to compare digests
   * @param announced files announced once more
   * @param findings how many of each kind
   */
  record Run(
      String node,
      Instant seen,
      UUID run,
      Instant planned,
      Optional<Instant> started,
      Optional<Instant> ended,
      long files,
      long bytesRead,
      long announced,
      Map<String, Long> findings) {}

  /** Something that was found; {@code path} is relative to the node's ROOT. */
  record Finding(
      String node,
      String kind,
      String path,
      String tenant,
      String study,
      String series,
      String sopInstance,
      Optional<UUID> receptionId,
      String detail,
      Instant found) {}

  /** The last run of each node, and the one under way; the newest first. */
  List<Run> runs() {
    return jdbc.sql(
            """
            select distinct on (r.node, r.ended is null) n.seen, r.*
              from reconcile_run r join online_node n using (node)
             order by r.node, r.ended is null, r.planned desc limit ?
            """)
        .param(MOST_RUNS)
        .query(ReconcileReports::run)
        .list();
  }

  private static Run run(ResultSet row, int number) throws SQLException {
    return new Run(
        row.getString("node"),
        row.getTimestamp("seen").toInstant(),
        row.getObject("run", UUID.class),
        row.getTimestamp("planned").toInstant(),
        Optional.ofNullable(row.getTimestamp("started")).map(Timestamp::toInstant),
        Optional.ofNullable(row.getTimestamp("ended")).map(Timestamp::toInstant),
        row.getLong("files"),
        row.getLong("bytes_read"),
        row.getLong("announced"),
        JSON.readValue(row.getString("findings"), new TypeReference<Map<String, Long>>() {}));
  }

  /** What the last runs found; losses first, some of them. */
  List<Finding> findings() {
    return jdbc.sql(
            """
            select f.* from reconcile_finding f
             order by f.kind in ('LOST', 'DAMAGED_ONLY_COPY') desc, f.found desc, f.node, f.path
             limit ?
            """)
        .param(MOST_FINDINGS)
        .query((row, _) ->
            new Finding(
                row.getString("node"),
                row.getString("kind"),
                row.getString("path"),
                row.getString("tenant"),
                row.getString("study_uid"),
                row.getString("series_uid"),
                row.getString("sop_uid"),
                Optional.ofNullable(row.getObject("reception_id", UUID.class)),
                row.getString("detail"),
                row.getTimestamp("found").toInstant()))
        .list();
  }

  /** Objects that the last run of each node found to be lost, or damaged without another copy. */
  long losses() {
    return jdbc.sql(
            """
            select coalesce(sum(coalesce((r.findings ->> 'LOST')::bigint, 0)
                              + coalesce((r.findings ->> 'DAMAGED_ONLY_COPY')::bigint, 0)), 0)
              from (select distinct on (node) findings from reconcile_run
                     where ended is not null order by node, ended desc) r
            """)
        .query(Long.class)
        .single();
  }
}
