package org.regionalpacs.index;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Keeps the set of query tags as it is while values are written by it. Who writes values shares the
 * lock and looks at the generation then; who changes the set has the lock alone. So values are
 * written by all tags there are, or the writer knows that it didn't.
 */
final class QueryTagLock {
  private static final int NUMBER = 5219;

  private final JdbcTemplate jdbc;

  QueryTagLock(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The set doesn't change until the transaction ends.
   *
   * @return the generation of the set
   */
  long share() {
    jdbc.query("select pg_advisory_xact_lock_shared(0, " + NUMBER + ")", (_, _) -> true);
    // In a statement of its own: it sees what was committed while the lock was waited for.
    return generation();
  }

  /** Nobody writes values until the transaction ends. */
  void take() {
    jdbc.query("select pg_advisory_xact_lock(0, " + NUMBER + ")", (_, _) -> true);
  }

  /** The generation of the set. */
  long generation() {
    return jdbc.queryForObject("select generation from query_tag_generation", Long.class);
  }

  /** The set is another one now. */
  void advance() {
    jdbc.update("update query_tag_generation set generation = generation + 1");
  }
}
