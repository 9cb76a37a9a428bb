package org.regionalpacs.consumer.rebuild;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.regionalpacs.nodes.NodeTaskHold;
import org.regionalpacs.nodes.NodeTaskHold.UnderWay;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps the nodes that receive from evicting, bringing back, removing and comparing files while
 * they are listed and indexed. None of it is lost: it is done when the rebuild has ended.
 */
record HeldNodeTasks(NodeTaskHold hold) implements AutoCloseable {
  /** So soon nodes work again when the rebuild is killed. */
  private static final Duration LEASE = Duration.ofMinutes(1);

  private static final Duration LOOK_EVERY = Duration.ofMillis(250);

  /**
   * @throws RebuildException when the database doesn't let it
   */
  static HeldNodeTasks take(JdbcTemplate jdbc, TransactionTemplate transaction)
      throws RebuildException {
    try {
      return new HeldNodeTasks(NodeTaskHold.take(jdbc, transaction, LEASE));
    } catch (DataAccessException e) {
      throw new RebuildException(
          "The tasks of nodes (eviction and the like) can't be held: %s. Nothing was changed."
              .formatted(e.getMostSpecificCause().getMessage()),
          e);
    }
  }

  /**
   * Waits for what nodes have begun.
   *
   * @throws RebuildException when it takes longer than the limit
   */
  void awaitUnderWay(RebuildObserver observer, Duration limit) throws RebuildException {
    long deadline = System.nanoTime() + limit.toNanos();
    List<UnderWay> tasks = hold.underWay();
    if (!tasks.isEmpty()) {
      observer.waits("waiting, %d s at most, for %s".formatted(limit.toSeconds(), shown(tasks)));
    }
    while (!tasks.isEmpty()) {
      if (System.nanoTime() - deadline > 0) {
        throw new RebuildException(
            """
            Still under way: %s. Files would change while they are listed; nothing was changed.
            Run this again when it is done, or stop storescp (and wado) of that node: the task is given back, and done later.\
            """
                .formatted(shown(tasks)));
      }
      pause();
      tasks = hold.underWay();
    }
  }

  private static String shown(List<UnderWay> tasks) {
    return tasks.stream().map(UnderWay::toString).collect(Collectors.joining(", "));
  }

  private static void pause() throws RebuildException {
    try {
      Thread.sleep(LOOK_EVERY);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RebuildException("Interrupted. Nothing was changed.", e);
    }
  }

  /** Proves that no task was begun since. */
  void requireHeld() {
    hold.requireHeld();
  }

  @Override
  public void close() {
    hold.close();
  }
}
