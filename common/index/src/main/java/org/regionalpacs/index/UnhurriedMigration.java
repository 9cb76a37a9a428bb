package org.regionalpacs.index;

import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * Lets each migration take as long as it takes. The timeouts of a service's connections tell a
 * database that is away from one that answers; an index on millions of rows takes longer than that.
 * And lets PostgreSQL plan it as it finds best.
 */
final class UnhurriedMigration implements Callback {
  @Override
  public boolean supports(Event event, Context context) {
    return event == Event.BEFORE_EACH_MIGRATE;
  }

  @Override
  public boolean canHandleInTransaction(Event event, Context context) {
    return true;
  }

  @Override
  public void handle(Event event, Context context) {
    try {
      // The pool sets it back when it gets the connection again.
      context.getConnection().setNetworkTimeout(Runnable::run, 0);
      // Until the end of its transaction: a service may have told its connections to look up few
      // rows.
      try (Statement statement = context.getConnection().createStatement()) {
        statement.execute(
            """
            set local enable_seqscan = on; set local enable_hashjoin = on;
            set local enable_mergejoin = on; set local plan_cache_mode = auto
            """);
      }
    } catch (SQLException e) {
      throw new FlywayException("the migration can't be given the time that it takes", e);
    }
  }

  @Override
  public String getCallbackName() {
    return "time for migrations";
  }
}
