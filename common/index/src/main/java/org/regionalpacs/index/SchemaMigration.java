package org.regionalpacs.index;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;

/**
 * Brings the schema up to date: at the start if the database is there, else as soon as it is. A
 * service so starts in any order with its database. A schema that can't be migrated for another
 * reason ends the start.
 */
final class SchemaMigration implements FlywayMigrationStrategy, DisposableBean {
  private static final Logger LOG = LoggerFactory.getLogger(SchemaMigration.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final SchemaGate gate;
  private volatile Thread waiting = Thread.ofVirtual().unstarted(() -> {});

  SchemaMigration(DataSource database) throws SQLException {
    this.gate = database.unwrap(SchemaGate.class);
  }

  @Override
  public void migrate(Flyway flyway) {
    try {
      attempt(flyway);
    } catch (FlywayException e) {
      if (!unreachable(e)) {
        throw e;
      }
      LOG.warn(
          "The database can't be reached, its schema is looked after when it can: {}",
          rootCause(e).getMessage());
      waiting = Thread.ofVirtual().name("schema").start(() -> keepTrying(flyway));
    }
  }

  private void attempt(Flyway flyway) {
    gate.pass(flyway::migrate);
    gate.open();
  }

  private void keepTrying(Flyway flyway) {
    String last = "";
    while (true) {
      try {
        Thread.sleep(PAUSE);
        attempt(flyway);
        LOG.info("The database is there, its schema is up to date");
        return;
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        String reason = rootCause(e).toString();
        if (!unreachable(e) && !reason.equals(last)) {
          LOG.error("The schema can't be brought up to date, tried again: {}", reason);
          last = reason;
        }
      }
    }
  }

  /** Connection failures (SQLSTATE 08, 57P), and pools without a connection. */
  private static boolean unreachable(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLTransientConnectionException) {
        return true;
      }
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        String state = sql.getSQLState();
        return state.startsWith("08") || state.startsWith("57P");
      }
    }
    return false;
  }

  private static Throwable rootCause(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  @Override
  public void destroy() {
    waiting.interrupt();
  }
}
