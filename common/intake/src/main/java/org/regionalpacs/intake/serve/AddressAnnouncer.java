package org.regionalpacs.intake.serve;

import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tells in {@code node_address} where this node's files are served, again and again: what a killed
 * process told grows old, and a database that was away or is new learns it soon.
 */
final class AddressAnnouncer implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(AddressAnnouncer.class);
  private static final Duration STOP = Duration.ofSeconds(20);

  private static final String TELL =
      """
      insert into node_address (node, url, seen) values (:node, :url, now())
      on conflict (node, url) do update set seen = excluded.seen
      """;

  /** Of processes that had other addresses and were killed. */
  private static final String FORGET =
      "delete from node_address where node = :node and seen < now() - interval '1 day'";

  private static final String TAKE_BACK =
      "delete from node_address where node = :node and url = :url";

  private final JdbcClient database;
  private final String node;
  private final String url;
  private final Duration pause;
  private volatile Optional<Thread> telling = Optional.empty();
  private volatile boolean failing;

  /**
   * @param pause between two times
   */
  AddressAnnouncer(JdbcClient database, String node, String url, Duration pause) {
    this.database = database;
    this.node = node;
    this.url = url;
    this.pause = pause;
  }

  @Override
  public synchronized void start() {
    if (!isRunning()) {
      telling =
          Optional.of(Thread.ofPlatform().daemon().name("node-address").start(this::keepTelling));
    }
  }

  private void keepTelling() {
    try {
      while (true) {
        tell();
        Thread.sleep(pause);
      }
    } catch (InterruptedException e) {
      LOG.debug("No more telling of this node's address");
    }
  }

  private void tell() throws InterruptedException {
    try {
      run(TELL);
      database.sql(FORGET).param("node", node).update();
      if (failing) {
        LOG.info("Other hosts know the address of this node again: {}", url);
      }
      failing = false;
    } catch (RuntimeException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      if (!failing) {
        LOG.warn("Other hosts aren't told the address of this node: {}", e.toString());
      }
      failing = true;
    }
  }

  private void run(String sql) {
    database.sql(sql).param("node", node).param("url", url).update();
  }

  /** Takes the address back. */
  @Override
  public synchronized void stop() {
    telling.ifPresent(Thread::interrupt);
    try {
      if (telling.isPresent() && telling.get().join(STOP) && !failing) {
        run(TAKE_BACK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.debug("The address of this node stays known until it is old: {}", e.toString());
    }
    telling = Optional.empty();
  }

  @Override
  public boolean isRunning() {
    return telling.filter(Thread::isAlive).isPresent();
  }
}
