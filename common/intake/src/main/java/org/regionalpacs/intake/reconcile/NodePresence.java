package org.regionalpacs.intake.reconcile;

import java.time.Duration;
import java.util.Optional;
import org.regionalpacs.intake.EvictableFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Tells the database every half minute that this node is there and how much room it has, so that
 * tasks are planned for it.
 */
final class NodePresence implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(NodePresence.class);
  private static final Duration INTERVAL = Duration.ofSeconds(30);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
  private static final Duration STOP = Duration.ofSeconds(5);

  private final ReconcileRuns runs;
  private final EvictableFiles files;
  private volatile Optional<Thread> thread = Optional.empty();

  NodePresence(ReconcileRuns runs, EvictableFiles files) {
    this.runs = runs;
    this.files = files;
  }

  @Override
  public void start() {
    // No virtual thread: to interrupt one in a statement breaks its connection.
    thread = Optional.of(Thread.ofPlatform().daemon().name("node-presence").start(this::repeat));
  }

  private void repeat() {
    try {
      while (true) {
        Thread.sleep(tell() ? INTERVAL : AFTER_FAILURE);
      }
    } catch (InterruptedException e) {
      LOG.debug("This node is told of no more");
    }
  }

  private boolean tell() {
    try {
      runs.seen(files.free(), files.total());
      return true;
    } catch (RuntimeException e) {
      // That the database is away is told by those who do the node's tasks.
      LOG.debug("Not told that this node is there: {}", e.toString());
      return false;
    }
  }

  @Override
  public void stop() {
    thread.ifPresent(running -> {
      running.interrupt();
      try {
        running.join(STOP);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
    thread = Optional.empty();
  }

  @Override
  public boolean isRunning() {
    return thread.filter(Thread::isAlive).isPresent();
  }
}
