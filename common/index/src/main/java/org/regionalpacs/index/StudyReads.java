package org.regionalpacs.index;

import java.util.Comparator;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** Records when studies were read. */
public final class StudyReads {

  /**
   * A study that was read.
   *
   * @param at milliseconds of the Unix epoch
   * @param objects whether its pixels or objects were, not only its metadata: what of it is not
   *     online is wanted back
   */
  public record Read(String tenant, String study, long at, boolean objects) {}

  private static final String READ =
      """
      update online_study
         set used = greatest(used, to_timestamp(?)),
             queued = greatest(queued, to_timestamp(?)),
             wanted = case when ? and evicted_objects > 0 then least(wanted, now()) else wanted end
       where tenant = ? and study_uid = ?
      """;

  private final JdbcTemplate jdbc;

  public StudyReads(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Records reads, in the order in which indexers change these rows too. */
  public void record(List<Read> reads) {
    List<Object[]> rows =
        reads.stream()
            .sorted(Comparator.comparing(Read::tenant).thenComparing(Read::study))
            .map(read -> {
              double seconds = read.at() / 1000.0;
              return new Object[] {seconds, seconds, read.objects(), read.tenant(), read.study()};
            })
            .toList();
    if (!rows.isEmpty()) {
      jdbc.batchUpdate(READ, rows);
    }
  }
}
