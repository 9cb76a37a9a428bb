package org.regionalpacs.nodes;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Shares a node's tasks among the processes that own its files. Who takes a task has it for a
 * while, renewed as long as the process lives; a failed one rests, longer each time.
 */
final class NodeTaskClaims {
  private static final int FAILURE_LENGTH = 2000;
  private static final int MAX_DOUBLINGS = 30;

  private static final String CLAIM =
      """
      update node_task
         set claimed_by = :worker,
             lease_until = now() + make_interval(secs => :lease),
             attempts = attempts + 1
       where node = :node
         and id = (select id
                     from node_task
                    where node = :node and done_at is null and not_before <= now()
                      and kind in (:kinds)
                      and (lease_until is null or lease_until < now())
                      and not exists (select 1 from node_task_hold where held_until > now())
                    order by not_before
                    limit 1
                      for update skip locked)
      returning id, kind, task_key, arguments, attempts
      """;

  /** Not when the lease ended meanwhile and another process took it. */
  private static final String MINE =
      " where node = :node and id = :id and claimed_by = :worker and attempts = :attempt"
          + " and done_at is null";

  private final JdbcClient jdbc;
  private final Node node;
  private final NodeTaskProperties properties;
  private final UUID worker = UUID.randomUUID();

  NodeTaskClaims(JdbcClient jdbc, Node node, NodeTaskProperties properties) {
    this.jdbc = jdbc;
    this.node = node;
    this.properties = properties;
  }

  /**
   * Takes the task of these kinds that has waited longest; empty when none is due, or somebody
   * keeps all from being begun ({@link NodeTaskHold}).
   */
  Optional<ClaimedTask> claim(Collection<String> kinds) {
    return mine(CLAIM)
        .param("lease", seconds(properties.lease()))
        .param("kinds", kinds)
        .query((row, _) ->
            new ClaimedTask(
                row.getObject("id", UUID.class),
                row.getString("kind"),
                row.getString("task_key"),
                row.getString("arguments"),
                row.getInt("attempts")))
        .optional();
  }

  /** Keeps all that this process has. */
  void renew() {
    mine("""
    update node_task
       set lease_until = now() + make_interval(secs => :lease)
     where node = :node and claimed_by = :worker and done_at is null
    """)
        .param("lease", seconds(properties.lease()))
        .update();
  }

  /** The task is done. */
  void done(ClaimedTask task, String result) {
    mine("""
    update node_task
       set done_at = now(), result = cast(:result as jsonb), failure = null,
           claimed_by = null, lease_until = null
    """
            + MINE)
        .param("result", result)
        .param("id", task.id())
        .param("attempt", task.attempt())
        .update();
  }

  /** The task failed; it rests. */
  void failed(ClaimedTask task, String failure) {
    mine("""
    update node_task
       set not_before = now() + make_interval(secs => :rest), failure = :failure,
           claimed_by = null, lease_until = null
    """
            + MINE)
        .param("rest", seconds(rest(task.attempt())))
        .param("failure", storable(failure))
        .param("id", task.id())
        .param("attempt", task.attempt())
        .update();
  }

  /** Gives back what this process has, for others to take up at once. */
  void giveBack() {
    mine("""
    update node_task set claimed_by = null, lease_until = null
     where node = :node and claimed_by = :worker and done_at is null
    """)
        .update();
  }

  private StatementSpec mine(String sql) {
    return jdbc.sql(sql).param("node", node.id()).param("worker", worker);
  }

  private Duration rest(int attempt) {
    int doublings = Math.clamp(attempt - 1L, 0, MAX_DOUBLINGS);
    Duration rest = properties.retry().multipliedBy(1L << doublings);
    return rest.compareTo(properties.retryMax()) < 0 ? rest : properties.retryMax();
  }

  /** PostgreSQL keeps no NUL. */
  private static String storable(String text) {
    String clean = text.replace("\0", "");
    return clean.substring(0, Math.min(clean.length(), FAILURE_LENGTH));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
