package org.regionalpacs.nodes;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Plans tasks for nodes and tells what became of them. Takes part in the caller's transaction, if
 * there is one.
 */
public final class NodeTaskPlanner {
  private final JdbcClient jdbc;

  public NodeTaskPlanner(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Plans a task, unless one of its node, kind and key is known, done or not.
   *
   * @return whether it is new
   */
  public boolean plan(PlannedTask task) {
    return jdbc.sql(
                """
                insert into node_task (node, id, kind, task_key, arguments, not_before)
                values (:node, :id, :kind, :key, cast(:arguments as jsonb),
                        now() + make_interval(secs => :delay))
                on conflict (node, kind, task_key) do nothing
                """)
            .param("node", task.node())
            .param("id", UUID.randomUUID())
            .param("kind", task.kind())
            .param("key", task.key())
            .param("arguments", TaskJson.write(task.arguments()))
            .param("delay", task.delay().toMillis() / 1000.0)
            .update()
        == 1;
  }

  /**
   * Plans a task, unless one of its node, kind and key is waiting or under way; one that is done is
   * forgotten.
   *
   * @return whether it is new
   */
  public boolean planAnew(PlannedTask task) {
    jdbc.sql(
            "delete from node_task where node = ? and kind = ? and task_key = ? and done_at is not null")
        .params(task.node(), task.kind(), task.key())
        .update();
    return plan(task);
  }

  /** How far a task is; empty when it isn't known, or was forgotten. */
  public Optional<TaskOutcome> outcome(String node, String kind, String key) {
    return jdbc.sql(
            """
            select done_at, result, attempts, failure
              from node_task
             where node = :node and kind = :kind and task_key = :key
            """)
        .param("node", node)
        .param("kind", kind)
        .param("key", key)
        .query(NodeTaskPlanner::outcome)
        .optional();
  }

  private static TaskOutcome outcome(ResultSet row, int number) throws SQLException {
    return new TaskOutcome(
        Optional.ofNullable(row.getTimestamp("done_at")).map(Timestamp::toInstant),
        Optional.ofNullable(row.getString("result")),
        row.getInt("attempts"),
        Optional.ofNullable(row.getString("failure")));
  }

  /**
   * Tasks of a kind that are not done yet, on all nodes.
   *
   * @param node id of the node
   * @param tasks how many
   * @param oldest when the oldest of them was planned
   * @param failing how many of them failed at their last attempt
   */
  public record Backlog(String node, long tasks, Instant oldest, long failing) {}

  /** What is waiting, by node. */
  public List<Backlog> backlog(String kind) {
    return jdbc.sql(
            """
            select node, count(*) tasks, min(created) oldest, count(failure) failing
              from node_task
             where done_at is null and kind = :kind
             group by node order by node
            """)
        .param("kind", kind)
        .query((row, _) ->
            new Backlog(
                row.getString("node"),
                row.getLong("tasks"),
                row.getTimestamp("oldest").toInstant(),
                row.getLong("failing")))
        .list();
  }

  /**
   * Forgets tasks that were done long ago; their keys may be used again.
   *
   * @return how many
   */
  public int forgetDone(Duration age) {
    return jdbc.sql("delete from node_task where done_at < now() - make_interval(secs => :age)")
        .param("age", (double) age.toSeconds())
        .update();
  }
}
