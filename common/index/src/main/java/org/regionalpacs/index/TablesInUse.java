package org.regionalpacs.index;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes tables away from everybody, but doesn't wait for ever for those who use them: a backup does
 * for hours, a transaction that somebody forgot for days, and all who come later wait behind.
 */
final class TablesInUse {
  private static final Logger LOG = LoggerFactory.getLogger(TablesInUse.class);

  /** Lock not available, canceled by the time limit of the statement, deadlock. */
  private static final Set<String> IN_USE = Set.of("55P03", "57014", "40P01");

  /** Whoever waited behind goes first. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private static final Duration EMPTYING = Duration.ofSeconds(5);

  /** Whatever they do with the tables, or parts of them, stands in the way. */
  private static final String USERS =
      """
      select a.pid,
             coalesce(nullif(a.application_name, ''), 'without a name') as name,
             coalesce(host(a.client_addr), 'this host') as host,
             coalesce(a.state, 'unknown state') as state,
             coalesce(a.xact_start, a.backend_start)::timestamptz(0)::text as since
        from pg_stat_activity a
       where a.pid <> pg_backend_pid()
         and a.pid in (select l.pid from pg_locks l
                        where l.granted and l.locktype = 'relation'
                          and l.database = (select oid from pg_database
                                             where datname = current_database())
                          and (l.relation = any (?::regclass[])
                               or l.relation in (select inhrelid from pg_inherits
                                                  where inhparent = any (?::regclass[]))))
       order by a.xact_start, a.pid
       limit 10
      """;

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;

  TablesInUse(JdbcTemplate jdbc, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  /**
   * Does something with tables that nobody else uses meanwhile, all of it or nothing.
   *
   * @param tables in the order in which they are taken
   * @param wait at each of the tries
   * @throws IndexInUseException when somebody used them at every try
   */
  void take(List<String> tables, Duration wait, int tries, Runnable work)
      throws IndexInUseException {
    int left = tries;
    while (true) {
      left--;
      try {
        taken(tables, wait, work);
        return;
      } catch (DataAccessException e) {
        if (!isInUse(e)) {
          throw e;
        }
        String users = users(tables);
        if (left <= 0) {
          throw new IndexInUseException(refusal(wait, tries, users), e);
        }
        LOG.warn("The index is in use, and can't be dropped yet: {}", users);
      }
      rest();
    }
  }

  private void taken(List<String> tables, Duration wait, Runnable work) {
    transaction.executeWithoutResult(_ -> {
      jdbc.execute("set local lock_timeout = " + wait.toMillis());
      // That one is of each table.
      jdbc.execute("set local statement_timeout = " + wait.toMillis());
      jdbc.execute("lock table %s in access exclusive mode".formatted(String.join(", ", tables)));
      jdbc.execute("set local statement_timeout to default");
      work.run();
    });
  }

  private static boolean isInUse(DataAccessException failure) {
    return NestedExceptionUtils.getMostSpecificCause(failure) instanceof SQLException sql
        && sql.getSQLState() != null
        && IN_USE.contains(sql.getSQLState());
  }

  private static String refusal(Duration wait, int tries, String users) {
    return """
    the tables of the index are in use, and weren't free within %d times %s s. In use by:
    %s
    Have them end (select pg_terminate_backend(PID) in psql ends one), and try again.\
    """
        .formatted(tries, wait.toMillis() / 1000.0, users);
  }

  /** Of statements nothing is told: they may hold what patients are called. */
  private String users(List<String> tables) {
    String array = "{" + String.join(",", tables) + "}";
    List<String> users =
        jdbc.query(
            USERS,
            (row, _) ->
                "pid %d: %s, from %s, %s, since %s"
                    .formatted(
                        row.getInt("pid"),
                        row.getString("name"),
                        row.getString("host"),
                        row.getString("state"),
                        row.getString("since")),
            array,
            array);
    return users.isEmpty() ? "nobody any more" : String.join("\n", users);
  }

  private static void rest() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the index was in use", e);
    }
  }

  /** Empties tables; row by row, which takes longer, while somebody (a backup) reads them. */
  void empty(List<String> tables) {
    try {
      transaction.executeWithoutResult(_ -> {
        jdbc.execute("set local lock_timeout = " + EMPTYING.toMillis());
        jdbc.execute("truncate " + String.join(", ", tables));
      });
    } catch (DataAccessException e) {
      if (!isInUse(e)) {
        throw e;
      }
      tables.forEach(table -> jdbc.update("delete from " + table));
    }
  }
}
