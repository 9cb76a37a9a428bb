package org.regionalpacs.webworker.eviction;

import java.time.Duration;
import java.util.List;
import org.regionalpacs.nodes.BringBackStudy;
import org.regionalpacs.nodes.EvictStudies;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The studies of the nodes in the order of their last use. */
final class EvictionQueue {
  /** Tells this lock from others that may be taken in the same database. */
  private static final long LOCK = 7_340_119_006_251L;

  /** A task that failed so often is stuck, and others are planned beside it. */
  private static final int STUCK = 20;

  private static final String LONGEST_UNUSED =
      """
      select q.tenant, q.study_uid, s.bytes
        from (select o.tenant, o.study_uid, o.queued from online_study o
               where o.node = :node and o.online and o.queued <= now() - make_interval(secs => :age)
                 and not exists (select 1 from study_pin p
                                  where p.tenant = o.tenant and p.study_uid = o.study_uid)
               order by o.queued
               limit :limit) q
       cross join lateral (
             select coalesce(sum(l.blob_length), 0) as bytes
               from (select tenant, reception_id from instance
                      where tenant = q.tenant and study_uid = q.study_uid
                     union all
                     select tenant, reception_id from superseded_instance
                      where tenant = q.tenant and study_uid = q.study_uid) i
              cross join lateral (
                    select x.blob_length from location x
                     where x.tenant = i.tenant and x.reception_id = i.reception_id
                       and x.store = 'online' and x.node = :node and x.state = 'available'
                    offset 0) l
             offset 0) s
       order by q.queued
      """;

  private final JdbcClient jdbc;

  EvictionQueue(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Keeps others from planning until the transaction ends; false when somebody else plans. */
  boolean planAlone() {
    return jdbc.sql("select pg_try_advisory_xact_lock(?)")
        .param(LOCK)
        .query(Boolean.class)
        .single();
  }

  /** The nodes that are there and have told how much room they have. */
  List<NodeRoom> nodes(Duration awayAfter) {
    return jdbc.sql(
            """
            select n.node, n.free_bytes, n.total_bytes,
                   exists (select 1 from node_task t
                            where t.node = n.node and t.kind = :kind and t.done_at is null
                              and t.attempts < :stuck) as evicting
              from online_node n
             where least(n.seen, n.space_at) > now() - make_interval(secs => :away)
             order by n.node
            """)
        .param("kind", EvictStudies.KIND)
        .param("stuck", STUCK)
        .param("away", (double) awayAfter.toSeconds())
        .query((row, _) ->
            new NodeRoom(
                row.getString("node"),
                row.getLong("free_bytes"),
                row.getLong("total_bytes"),
                row.getBoolean("evicting")))
        .list();
  }

  /**
   * A study of a node.
   *
   * @param bytes of its files there, or of those that are to come back
   */
  record Queued(String tenant, String study, long bytes) {}

  /** Those that were used longest ago and may go. */
  List<Queued> longestUnused(String node, Duration unusedFor, int limit) {
    return jdbc.sql(LONGEST_UNUSED)
        .param("node", node)
        .param("age", unusedFor.toMillis() / 1000.0)
        .param("limit", limit)
        .query((row, _) ->
            new Queued(row.getString("tenant"), row.getString("study_uid"), row.getLong("bytes")))
        .list();
  }

  /** The study isn't planned again before its age has grown so much beyond what it is now. */
  void rest(String node, Queued study, Duration until) {
    jdbc.sql(
            """
            update online_study set queued = now() + make_interval(secs => :rest)
             where tenant = :tenant and study_uid = :study and node = :node
            """)
        .param("rest", until.toMillis() / 1000.0)
        .param("tenant", study.tenant())
        .param("study", study.study())
        .param("node", node)
        .update();
  }

  /**
   * A study that somebody wants back.
   *
   * @param pinned whether somebody said that it is to stay online
   */
  record Wanted(Queued study, boolean pinned) {}

  /** Those that are wanted on a node. */
  List<Wanted> wanted(String node, int limit) {
    return jdbc.sql(
            """
            select o.tenant, o.study_uid, o.evicted_bytes,
                   exists (select 1 from study_pin p
                            where p.tenant = o.tenant and p.study_uid = o.study_uid) as pinned
              from online_study o
             where o.node = ? and o.wanted <= now()
             order by o.wanted
             limit ?
            """)
        .params(node, limit)
        .query((row, _) ->
            new Wanted(
                new Queued(
                    row.getString("tenant"),
                    row.getString("study_uid"),
                    row.getLong("evicted_bytes")),
                row.getBoolean("pinned")))
        .list();
  }

  /** Bytes of the studies that are planned to come back to a node, and haven't yet. */
  long comingBack(String node) {
    return jdbc.sql(
            """
            select coalesce(sum(o.evicted_bytes), 0)
              from node_task t
              join online_study o
                on o.node = t.node and o.tenant = t.arguments ->> 'tenant'
               and o.study_uid = t.arguments ->> 'study'
             where t.node = ? and t.kind = ? and t.done_at is null
            """)
        .params(node, BringBackStudy.KIND)
        .query(Long.class)
        .single();
  }

  /** Whoever wanted it has got an answer; who reads it, wants it again. */
  void settled(String node, Queued study) {
    jdbc.sql(
            """
            update online_study set wanted = null
             where tenant = ? and study_uid = ? and node = ?
            """)
        .params(study.tenant(), study.study(), node)
        .update();
  }
}
