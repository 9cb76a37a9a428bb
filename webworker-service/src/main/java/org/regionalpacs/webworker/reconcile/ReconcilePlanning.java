package org.regionalpacs.webworker.reconcile;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.regionalpacs.nodes.NodeTaskPlanner;
import org.regionalpacs.nodes.PlannedTask;
import org.regionalpacs.nodes.ReconcileTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Plans runs. A node has one at a time, however many plan: the database has a unique key for the
 * one that isn't over.
 */
final class ReconcilePlanning {
  private static final Logger LOG = LoggerFactory.getLogger(ReconcilePlanning.class);

  private static final String PLAN =
      """
      insert into reconcile_run (node, run)
      select n.node, gen_random_uuid()
        from online_node n
       where n.seen > now() - make_interval(secs => :away)
         and not exists (select 1 from reconcile_run r
                          where r.node = n.node
                            and (r.ended is null or r.planned > now() - make_interval(secs => :age)))
      on conflict do nothing
      returning node, run
      """;

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final NodeTaskPlanner tasks;
  private final ReconcilePlanProperties properties;

  ReconcilePlanning(
      JdbcClient jdbc,
      TransactionTemplate transaction,
      NodeTaskPlanner tasks,
      ReconcilePlanProperties properties) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.tasks = tasks;
    this.properties = properties;
  }

  private record Planned(String node, UUID run) {}

  /** Plans what is due, and forgets what is old. */
  void turn() {
    if (properties.interval().isPositive()) {
      plan(properties.interval());
    }
    forget();
  }

  /**
   * Plans a run for every node that is there and has none under way.
   *
   * @return how many
   */
  int planNow() {
    return plan(Duration.ZERO);
  }

  /** Row and task, or neither. */
  private int plan(Duration age) {
    List<Planned> planned =
        transaction.execute(_ -> {
          List<Planned> runs =
              jdbc.sql(PLAN)
                  .param("away", (double) properties.awayAfter().toSeconds())
                  .param("age", (double) age.toSeconds())
                  .query((row, _) ->
                      new Planned(row.getString("node"), row.getObject("run", UUID.class)))
                  .list();
          runs.forEach(each ->
              tasks.plan(
                  PlannedTask.now(
                      each.node(),
                      ReconcileTask.KIND,
                      each.run().toString(),
                      new ReconcileTask(each.run()))));
          return runs;
        });
    planned.forEach(each ->
        LOG.info(
            "Node {} is to compare its files with the index, run {}", each.node(), each.run()));
    return planned.size();
  }

  private void forget() {
    jdbc.sql("delete from reconcile_run where ended < now() - make_interval(secs => ?)")
        .param((double) properties.keep().toSeconds())
        .update();
    jdbc.sql(
            """
            delete from reconcile_finding f using reconcile_run r
             where r.node = f.node and r.run = f.run
               and r.ended < (select max(ended) from reconcile_run l where l.node = f.node)
            """)
        .update();
  }
}
