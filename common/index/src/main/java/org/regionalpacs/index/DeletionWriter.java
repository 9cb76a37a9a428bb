package org.regionalpacs.index;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Deletes from the index, in one transaction: what is deleted is gone for every reader when it
 * ends, stays so whatever message comes again, and the places of its bytes are on record to be
 * removed. What is received later under the same UIDs is new.
 */
public final class DeletionWriter {
  private static final Logger LOG = LoggerFactory.getLogger(DeletionWriter.class);

  private static final Duration LONGEST_STATEMENT = Duration.ofMinutes(2);

  private final JdbcTemplate jdbc;
  private final JdbcClient client;
  private final TransactionTemplate transaction;
  private final StudyLocks locks;
  private final ChangeTable changes;

  DeletionWriter(JdbcTemplate jdbc, TransactionTemplate transaction) {
    this.jdbc = patient(jdbc);
    this.client = JdbcClient.create(this.jdbc);
    this.transaction = transaction;
    this.locks = new StudyLocks(this.jdbc);
    this.changes = new ChangeTable(this.jdbc);
  }

  /** With time for studies of a hundred thousand instances, in the same transactions. */
  private static JdbcTemplate patient(JdbcTemplate jdbc) {
    JdbcTemplate patient = new JdbcTemplate(Objects.requireNonNull(jdbc.getDataSource()));
    patient.setQueryTimeout((int) LONGEST_STATEMENT.toSeconds());
    return patient;
  }

  /**
   * Deletes it.
   *
   * @param tolerance how far the clocks of nodes may differ: what was received so shortly before
   *     and isn't in the index yet counts as received later, so that nothing accepted is lost
   * @return empty when the index knows no such thing; then nothing is changed
   */
  public Optional<Deletion> delete(DeletionTarget target, Duration tolerance) {
    Optional<Deletion> deletion = transaction.execute(_ -> deleteNow(target, tolerance));
    deletion.ifPresent(done ->
        LOG.info(
            "Deleted {} objects: deletion={} tenant={} study={} series={} sop={}",
            done.objects(),
            done.id(),
            target.tenant(),
            target.study(),
            target.series().orElse("*"),
            target.sop().orElse("*")));
    return deletion;
  }

  private Optional<Deletion> deleteNow(DeletionTarget target, Duration tolerance) {
    StudyIdentity study = new StudyIdentity(target.tenant(), target.study());
    locks.take(study);
    Optional<UUID> patient = lockRows(target);
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    Instant cutoff = now.minus(tolerance);
    UUID id = idAt(cutoff);
    statement(QueryTagStatements.DELETE_VALUES, target).update();
    statement(QueryTagStatements.DELETE_ERRORS, target).update();
    int objects =
        statement(DeletionStatements.OBJECTS, target)
            .param("id", id)
            .param("cutoff", cutoff.atOffset(ZoneOffset.UTC))
            .query(Integer.class)
            .single();
    if (objects == 0) {
      return Optional.empty();
    }
    statement(DeletionStatements.TOMBSTONE, target)
        .param("id", id)
        .param("cutoff", cutoff.atOffset(ZoneOffset.UTC))
        .param("requested", now.atOffset(ZoneOffset.UTC))
        .update();
    changes.add(target);
    statement(DeletionStatements.METADATA, target).update();
    statement(DeletionStatements.CLAIMS, target).update();
    statement(DeletionStatements.EMPTY_SERIES, target).update();
    statement(DeletionStatements.CHANGED_SERIES, target).update();
    if (statement(DeletionStatements.EMPTY_STUDY, target).update() == 0) {
      CountWriter.SUM_STUDIES.execute(jdbc, List.of(study));
    } else {
      statement(DeletionStatements.CONFLICTS, target).update();
      statement(DeletionStatements.ONLINE, target).update();
      statement(DeletionStatements.PIN, target).update();
      patient.ifPresent(key ->
          client
              .sql(DeletionStatements.EMPTY_PATIENT)
              .param("tenant", target.tenant())
              .param("patient", key)
              .update());
    }
    return Optional.of(new Deletion(id, target, now, objects));
  }

  /** In the order of all writers; the study keeps its patient, as nobody else has its lock. */
  private Optional<UUID> lockRows(DeletionTarget target) {
    Optional<UUID> patient =
        statement(DeletionStatements.LOCK_PATIENT, target).query(UUID.class).optional();
    statement(DeletionStatements.LOCK_STUDY, target).query(Integer.class).list();
    statement(DeletionStatements.LOCK_SERIES, target).query(Integer.class).list();
    return patient;
  }

  private StatementSpec statement(String sql, DeletionTarget target) {
    return client
        .sql(sql)
        .param("tenant", target.tenant())
        .param("study", target.study())
        .param("series", target.series().orElse(""))
        .param("sop", target.sop().orElse(""));
  }

  /** A UUIDv7 (RFC 9562 5.7). */
  private static UUID idAt(Instant time) {
    long random = ThreadLocalRandom.current().nextLong();
    long high = time.toEpochMilli() << 16 | 0x7000L | random & 0xFFF;
    long low = ThreadLocalRandom.current().nextLong() >>> 2 | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }
}
