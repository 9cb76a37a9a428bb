package org.regionalpacs.warehouse.postgres;

import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.flywaydb.core.Flyway;
import org.regionalpacs.warehouse.WarehouseUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schema {@code warehouse}, made and brought up to date when it is first needed, beside those
 * who need it: they wait no longer than they may. It has a history of its own, so that the index's
 * schema may be in the same database.
 */
final class WarehouseSchema {
  static final String NAME = "warehouse";

  private static final Logger LOG = LoggerFactory.getLogger(WarehouseSchema.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final DatabaseAddress address;
  private CompletableFuture<Void> migration = new CompletableFuture<>();
  private boolean begun;
  private long begunAt;
  private String told = "";

  WarehouseSchema(DatabaseAddress address) {
    this.address = address;
  }

  /** Returns when the schema is as this program needs it. */
  void require(Deadline deadline) throws WarehouseUnavailableException {
    CompletableFuture<Void> current = current();
    try {
      current.get(deadline.millis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new WarehouseUnavailableException(
          "the schema can't be brought up to date: " + rootCause(e).getMessage(), e.getCause());
    } catch (TimeoutException | SQLTimeoutException e) {
      throw new WarehouseUnavailableException("the schema is still being brought up to date", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WarehouseUnavailableException("interrupted", e);
    }
  }

  /** The migration, begun if it wasn't, or failed a while ago. */
  private synchronized CompletableFuture<Void> current() {
    boolean again =
        migration.isCompletedExceptionally() && System.nanoTime() - begunAt > PAUSE.toNanos();
    if (!begun || again) {
      begun = true;
      begunAt = System.nanoTime();
      CompletableFuture<Void> fresh = new CompletableFuture<>();
      migration = fresh;
      Thread.ofVirtual().name("warehouse-schema").start(() -> migrate(fresh));
    }
    return migration;
  }

  private void migrate(CompletableFuture<Void> result) {
    try {
      Flyway.configure(WarehouseSchema.class.getClassLoader())
          .dataSource(address.unhurried())
          .locations("classpath:db/warehouse")
          .schemas(NAME)
          .defaultSchema(NAME)
          .table("schema_history")
          .lockRetryCount(-1) // another process may be at it, for as long as that takes
          .load()
          .migrate();
      result.complete(null);
    } catch (RuntimeException e) {
      tell(String.valueOf(rootCause(e).getMessage()));
      result.completeExceptionally(e);
    }
  }

  /** Not again what was said last. */
  private synchronized void tell(String reason) {
    if (!reason.equals(told)) {
      LOG.warn("The schema of the warehouse can't be brought up to date, tried again: {}", reason);
      told = reason;
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
