package org.regionalpacs.index;

import java.time.Duration;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives changes their numbers, when they are committed. Any number of processes may try; one at a
 * time does it. What it has numbered is committed before the next numbers are given, so a reader
 * that goes on from the last number it saw misses nothing.
 */
public final class ChangeSequencer {
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;

  ChangeSequencer(JdbcTemplate jdbc, TransactionTemplate transaction) {
    this.jdbc = JdbcClient.create(jdbc);
    this.transaction = transaction;
  }

  /**
   * Numbers the next changes.
   *
   * @param most so many at a time
   * @return how many; when it is {@code most} there may be more
   */
  public int number(int most) {
    ChangeFeed.requirePositive(most);
    return transaction.execute(_ -> {
      Optional<Long> last = take();
      if (last.isEmpty()) {
        return 0; // another process is at it
      }
      int numbered =
          jdbc.sql(
                  """
                  with next as (
                    delete from change_waiting
                     where id in (select id from change_waiting order by id limit :most)
                    returning *
                  )
                  insert into change (tenant, sequence, action, study_uid, series_uid, sop_uid,
                                      reception_id, happened)
                  select tenant, :last + row_number() over (order by id), action, study_uid,
                         series_uid, sop_uid, reception_id, happened
                    from next
                  """)
              .param("last", last.get())
              .param("most", most)
              .update();
      if (numbered > 0) {
        jdbc.sql("update change_sequence set last = last + ?").param(numbered).update();
      }
      return numbered;
    });
  }

  /**
   * Forgets the oldest changes.
   *
   * @param keep how long changes are kept
   * @param most so many at a time
   * @return how many; when it is {@code most} there may be more
   */
  public int forget(Duration keep, int most) {
    return transaction.execute(_ -> {
      if (take().isEmpty()) {
        return 0;
      }
      // Numbers and times go together but for a few seconds, so the oldest stand first.
      int forgotten =
          jdbc.sql(
                  """
                  with oldest as (
                    select tenant, sequence, happened from change order by sequence limit :most
                  ), gone as (
                    delete from change c using oldest o
                     where c.tenant = o.tenant and c.sequence = o.sequence
                       and o.happened < now() - make_interval(secs => :keep)
                    returning c.sequence
                  )
                  update change_sequence
                     set forgotten = greatest(forgotten, (select max(sequence) from gone))
                   where exists (select 1 from gone)
                  returning (select count(*) from gone)
                  """)
              .param("most", most)
              .param("keep", (double) keep.toSeconds())
              .query(Integer.class)
              .optional()
              .orElse(0);
      return forgotten;
    });
  }

  /** The last number, held until the end of the transaction. */
  private Optional<Long> take() {
    return jdbc.sql("select last from change_sequence for update skip locked")
        .query(Long.class)
        .optional();
  }
}
