package org.regionalpacs.index;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.regionalpacs.index.DeletionJournal.Entry;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes deletions from their journal into the index, where it doesn't know them any more. */
public final class DeletionRestoring {
  private static final String TOMBSTONE =
      """
      insert into deletion
             (tenant, deletion_id, study_uid, series_uid, sop_uid, requested, cutoff, journaled)
      values (?, ?, ?, ?, ?, ?, ?, now())
      on conflict (tenant, deletion_id) do nothing
      """;

  private static final String DEAD =
      """
      insert into dead_reception (tenant, reception_id, deletion_id) values (?, ?, ?)
      on conflict (tenant, reception_id) do nothing
      """;

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;

  DeletionRestoring(JdbcTemplate jdbc, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  /** Whether the index knows it. */
  public boolean knows(String tenant, UUID deletion) {
    return !jdbc.queryForList(
            "select 1 from deletion where tenant = ? and deletion_id = ?",
            Integer.class,
            tenant,
            deletion)
        .isEmpty();
  }

  /**
   * Takes a deletion in.
   *
   * @return whether it was new
   */
  public boolean restore(Entry entry) {
    return transaction.execute(_ -> {
      boolean added =
          jdbc.update(
                  TOMBSTONE,
                  entry.tenant(),
                  entry.id(),
                  entry.study(),
                  entry.series(),
                  entry.sop(),
                  entry.requested().atOffset(ZoneOffset.UTC),
                  cutoff(entry.id()).atOffset(ZoneOffset.UTC))
              == 1;
      List<Object[]> dead =
          entry.receptions().stream()
              .map(reception -> new Object[] {entry.tenant(), reception, entry.id()})
              .toList();
      jdbc.batchUpdate(DEAD, dead);
      return added;
    });
  }

  /** The time that the id begins with (UUIDv7, RFC 9562 5.7). */
  private static Instant cutoff(UUID id) {
    return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
  }
}
