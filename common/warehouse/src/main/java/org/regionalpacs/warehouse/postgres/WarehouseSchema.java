package org.regionalpacs.warehouse.postgres;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.regionalpacs.warehouse.WarehouseUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schema {@code warehouse}, made and brought up to date when it is first needed. It has a
 * history of its own, so that the index's schema may be in the same database.
 */
final class WarehouseSchema {
  static final String NAME = "warehouse";

  private static final Logger LOG = LoggerFactory.getLogger(WarehouseSchema.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Flyway flyway;
  private final Duration wait;
  private final ReentrantLock migrating = new ReentrantLock();
  private volatile boolean ready;
  private long lastFailure = System.nanoTime() - PAUSE.toNanos();
  private String reason = "";

  /**
   * @param address of the database
   * @param wait how long somebody may wait for somebody else's migration
   */
  WarehouseSchema(DatabaseAddress address, Duration wait) {
    this.wait = wait;
    this.flyway =
        Flyway.configure(WarehouseSchema.class.getClassLoader())
            .dataSource(address.unhurried())
            .locations("classpath:db/warehouse")
            .schemas(NAME)
            .defaultSchema(NAME)
            .table("schema_history")
            .load();
  }

  /** Returns when the schema is as this program needs it. */
  void require() throws WarehouseUnavailableException {
    if (ready) {
      return;
    }
    try {
      if (!migrating.tryLock(wait.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new WarehouseUnavailableException("the schema is being brought up to date");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WarehouseUnavailableException("interrupted", e);
    }
    try {
      migrate();
    } finally {
      migrating.unlock();
    }
  }

  private void migrate() throws WarehouseUnavailableException {
    if (ready) {
      return;
    }
    // Not once for each of many who wait.
    if (System.nanoTime() - lastFailure < PAUSE.toNanos()) {
      throw new WarehouseUnavailableException(reason);
    }
    try {
      flyway.migrate();
      ready = true;
    } catch (FlywayException e) {
      String now = "the schema can't be brought up to date: " + rootCause(e).getMessage();
      if (!now.equals(reason)) {
        LOG.warn("PostgreSQL warehouse: {}", now);
      }
      reason = now;
      lastFailure = System.nanoTime();
      throw new WarehouseUnavailableException(reason, e);
    }
  }

  private static Throwable rootCause(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
