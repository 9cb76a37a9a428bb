package org.regionalpacs.nodes;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps every node from beginning a task, those too that are planned meanwhile, until it is closed.
 * It is a lease that this process renews, so that it ends by itself when the process dies. Tasks
 * that were begun before go on: see {@link #underWay}.
 */
public final class NodeTaskHold implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeTaskHold.class);
  private static final Duration STOP = Duration.ofSeconds(10);

  /** Whoever had it before has it no more. */
  private static final String TAKE =
      """
      insert into node_task_hold (holder, held_until)
      values (:holder, clock_timestamp() + make_interval(secs => :lease))
      on conflict (one) do update set
        holder = excluded.holder,
        held_until = excluded.held_until
      """;

  /** Not when it ended meanwhile: tasks may have begun since. */
  private static final String RENEW =
      """
      update node_task_hold set held_until = clock_timestamp() + make_interval(secs => :lease)
       where holder = :holder and held_until > clock_timestamp()
      """;

  private static final String BEGUN =
      """
      select id, node, kind, lease_until > now() living
        from node_task
       where done_at is null and claimed_by is not null
       order by node, kind
      """;

  private final JdbcClient jdbc;
  private final Duration lease;
  private final UUID holder = UUID.randomUUID();

  /** Tasks whose lease had ended when nothing was under way any more. */
  private volatile Optional<Set<UUID>> left = Optional.empty();

  private final Thread renewing =
      Thread.ofPlatform().daemon().name("node-task-hold").unstarted(this::renew);

  private NodeTaskHold(JdbcClient jdbc, Duration lease) {
    this.jdbc = jdbc;
    this.lease = lease;
  }

  /**
   * Tasks that are being done, of one node and kind.
   *
   * @param node id of the node
   */
  public record UnderWay(String node, String kind, long tasks) {
    @Override
    public String toString() {
      return "%d %s of node %s".formatted(tasks, kind, node);
    }
  }

  /**
   * Takes it, from another holder too: who must not be disturbed needs a lock beside it.
   *
   * @param lease how long it lasts when this process dies
   * @throws org.springframework.dao.DataAccessException when it can't be taken within 10 s
   */
  public static NodeTaskHold take(
      JdbcTemplate template, TransactionTemplate transaction, Duration lease) {
    NodeTaskHold hold = new NodeTaskHold(JdbcClient.create(template), lease);
    transaction.executeWithoutResult(_ -> {
      // Who looks for a task at this moment doesn't see the hold yet, and has its task before this.
      template.execute("set local lock_timeout = '10s'");
      template.execute("lock table node_task in share mode");
      hold.statement(TAKE).param("lease", lease.toMillis() / 1000.0).update();
    });
    hold.renewing.start();
    return hold;
  }

  private JdbcClient.StatementSpec statement(String sql) {
    return jdbc.sql(sql).param("holder", holder);
  }

  /** A task that a process has taken. */
  private record Begun(UUID id, String node, String kind, boolean living) {}

  private List<Begun> begun() {
    return jdbc.sql(BEGUN)
        .query((row, _) ->
            new Begun(
                row.getObject("id", UUID.class),
                row.getString("node"),
                row.getString("kind"),
                row.getBoolean("living")))
        .list();
  }

  /** What was begun before, on all nodes, by processes that live or died within a lease. */
  public List<UnderWay> underWay() {
    List<Begun> begun = begun();
    Map<List<String>, Long> living =
        begun.stream()
            .filter(Begun::living)
            .collect(
                Collectors.groupingBy(
                    each -> List.of(each.node(), each.kind()),
                    LinkedHashMap::new,
                    Collectors.counting()));
    if (living.isEmpty()) {
      left = Optional.of(ids(begun));
    }
    return living.entrySet().stream()
        .map(each ->
            new UnderWay(each.getKey().getFirst(), each.getKey().getLast(), each.getValue()))
        .toList();
  }

  private static Set<UUID> ids(List<Begun> begun) {
    return begun.stream().map(Begun::id).collect(Collectors.toSet());
  }

  /**
   * Proves that it was held all the time, and that nothing was under way since {@link #underWay}
   * said so.
   *
   * @throws DataAccessResourceFailureException when a task may have begun: the database was away
   *     for longer than the lease, or somebody else took it; or when a process that was suspended
   *     for longer than its lease went on with its task
   */
  public void requireHeld() {
    if (!renewOnce()) {
      throw new DataAccessResourceFailureException("the hold of the nodes' tasks was lost");
    }
    List<Begun> begun = begun();
    if (begun.stream().anyMatch(Begun::living)
        || left.filter(before -> !before.equals(ids(begun))).isPresent()) {
      throw new DataAccessResourceFailureException(
          "a node went on with a task whose lease had ended while the nodes' tasks were held");
    }
  }

  private boolean renewOnce() {
    return statement(RENEW).param("lease", lease.toMillis() / 1000.0).update() == 1;
  }

  private void renew() {
    try {
      boolean held = true;
      while (held) {
        Thread.sleep(lease.dividedBy(3));
        held = tryToRenew();
      }
      LOG.error("The hold of the nodes' tasks was lost");
    } catch (InterruptedException e) {
      LOG.debug("The hold of the nodes' tasks is renewed no more");
    }
  }

  private boolean tryToRenew() {
    try {
      return renewOnce();
    } catch (RuntimeException e) {
      LOG.warn("The hold of the nodes' tasks can't be renewed now: {}", e.toString());
      return true;
    }
  }

  /** Tasks are begun again. */
  @Override
  public void close() {
    renewing.interrupt();
    try {
      renewing.join(STOP);
      statement("delete from node_task_hold where holder = :holder").update();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.warn("The hold of the nodes' tasks ends by itself within {}: {}", lease, e.toString());
    }
  }
}
