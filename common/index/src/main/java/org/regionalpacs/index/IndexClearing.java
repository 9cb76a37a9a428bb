package org.regionalpacs.index;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Drops what a rebuild of the index makes again, and knows whether one is under way. What can't be
 * made from files stays: deletions, what is still to be removed, pins, query tags, webhooks and the
 * change feed.
 */
public final class IndexClearing {
  private static final Logger LOG = LoggerFactory.getLogger(IndexClearing.class);

  /** How far a rebuild is. */
  public enum Phase {
    /** It looks what there is; the index is as it was. */
    LISTING,
    /** It fills the index, which isn't whole yet. */
    INDEXING
  }

  /** Whoever remembers a series by its change number must not meet the number again. */
  private static final String KEEP_CHANGE_NUMBERS =
      """
      insert into deleted_series as d (tenant, study_uid, series_uid, change_number)
      select tenant, study_uid, series_uid, change_number from series
      on conflict (tenant, study_uid, series_uid) do update set
        change_number = greatest(d.change_number, excluded.change_number)
      """;

  private static final String DISCARD_DOCUMENTS =
      """
      insert into discarded_metadata (tenant, blob_id)
      select tenant, blob_id from series_metadata
      on conflict do nothing
      """;

  /** For {@link RebuildList#missing}, should this rebuild be broken off. */
  private static final String KEEP_KNOWN =
      """
      insert into rebuild_known (tenant, reception_id, study_uid, series_uid, sop_uid)
      select tenant, reception_id, study_uid, series_uid, sop_uid from instance
      union all
      select tenant, reception_id, study_uid, series_uid, sop_uid from superseded_instance
      on conflict do nothing
      """;

  private static final String KEEP_DAMAGED =
      """
      insert into rebuild_damaged (tenant, reception_id, store, blob_id)
      select tenant, reception_id, store, blob_id from location
       where state = 'damaged' and store <> 'online'
      on conflict do nothing
      """;

  private static final String RESTORE_DAMAGED =
      """
      update location l set state = 'damaged'
        from rebuild_damaged d
       where l.tenant = d.tenant and l.reception_id = d.reception_id and l.store = d.store
         and l.blob_id = d.blob_id and l.state = 'available'
      """;

  /**
   * What is dropped. Lists of blocks stay: they serve when those in the archive are lost. Begins in
   * the order of those who write objects: they wait, or are waited for.
   */
  private static final List<String> DROPPED =
      List.of(
          "patient",
          "study",
          "series",
          "instance",
          "superseded_instance",
          "location",
          "rendition",
          "conflict",
          "conflict_object",
          "series_metadata",
          "series_metadata_claim",
          "query_tag_value",
          "query_tag_error",
          "query_tag_waiting",
          "online_study",
          "storage_tier",
          "archive_check");

  private static final List<String> KEPT = List.of("rebuild_known", "rebuild_damaged");

  /** Number of its advisory lock; see {@link StudyLocks} and {@link QueryTagLock} for others. */
  private static final int TURN = 5220;

  private final JdbcTemplate jdbc;
  private final TablesInUse tables;

  IndexClearing(JdbcTemplate jdbc, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.tables = new TablesInUse(jdbc, transaction);
  }

  /** What one rebuild at a time holds, until it is closed or its process ends. */
  public interface Turn extends AutoCloseable {
    /**
     * Proves that it is held still: PostgreSQL gives it back when its connection ends.
     *
     * @throws DataAccessResourceFailureException when somebody else may have it
     */
    void requireHeld();

    @Override
    void close();
  }

  /** Takes the turn; empty when another process, or this one, has it. */
  public Optional<Turn> turn() {
    try {
      Connection connection = Objects.requireNonNull(jdbc.getDataSource()).getConnection();
      boolean free = false;
      try {
        free = isFree(connection);
      } finally {
        if (!free) {
          connection.close();
        }
      }
      return free ? Optional.of(new HeldTurn(connection)) : Optional.empty();
    } catch (SQLException e) {
      throw new DataAccessResourceFailureException("the turn of a rebuild can't be taken", e);
    }
  }

  private static boolean isFree(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select pg_try_advisory_lock(0, " + TURN + ")")) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private record HeldTurn(Connection connection) implements Turn {
    @Override
    public void requireHeld() {
      try (Statement statement = connection.createStatement()) {
        statement.execute("select 1");
      } catch (SQLException e) {
        throw new DataAccessResourceFailureException(
            "the connection that keeps other rebuilds away was lost", e);
      }
    }

    @Override
    public void close() {
      try (connection;
          Statement statement = connection.createStatement()) {
        statement.execute("select pg_advisory_unlock(0, " + TURN + ")");
      } catch (SQLException e) {
        LOG.warn("The turn of a rebuild ended with its connection: {}", e.getMessage());
      }
    }
  }

  /** A rebuild begins; the index stays as it is. */
  public void begin() {
    jdbc.update(
        """
        insert into rebuild (phase) values ('listing')
        on conflict (one) do update set started = now()
        """);
  }

  /**
   * Drops the index, all of it or nothing.
   *
   * @param wait for those who use it, at each of the tries; who comes meanwhile waits as long
   * @throws IndexInUseException when somebody used it at every try; nothing is changed
   */
  public void drop(Duration wait, int tries) throws IndexInUseException {
    tables.take(DROPPED, wait, tries, this::dropNow);
  }

  private void dropNow() {
    jdbc.update("update rebuild set phase = 'indexing'");
    jdbc.update(KEEP_KNOWN);
    jdbc.update(KEEP_DAMAGED);
    jdbc.update(Renditions.ABANDON_ALL);
    jdbc.update(KEEP_CHANGE_NUMBERS);
    jdbc.update(DISCARD_DOCUMENTS);
    jdbc.execute("truncate " + String.join(", ", DROPPED));
    jdbc.update("update storage_count set counted = null, due = now()");
  }

  /** Copies that are where the damaged ones were are damaged: nobody reads them. */
  public void restoreDamaged() {
    jdbc.update(RESTORE_DAMAGED);
  }

  /** The rebuild is done. */
  public void end() {
    // Killed in between, the rebuild counts as broken off, and the new index tells what is known.
    tables.empty(KEPT);
    jdbc.update("delete from rebuild");
  }

  /** Where a rebuild is that is under way or was broken off; empty when none is. */
  public Optional<Phase> phase() {
    return jdbc.queryForList("select upper(phase) from rebuild", String.class).stream()
        .map(Phase::valueOf)
        .findFirst();
  }
}
