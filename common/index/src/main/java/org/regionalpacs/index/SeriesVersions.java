package org.regionalpacs.index;

import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/** Tells the present version of a series, by one look at its row. */
public final class SeriesVersions {
  private static final String NOW =
      """
      select change_number, (extract(epoch from changed) * 1000000)::bigint
        from series
       where tenant = ? and study_uid = ? and series_uid = ?
      """;

  private final JdbcTemplate jdbc;

  SeriesVersions(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Empty when there is no such series. */
  public Optional<SeriesVersion> now(String tenant, String study, String series) {
    return Optional.ofNullable(
            jdbc.query(
                NOW,
                row ->
                    row.next()
                        ? Optional.of(new SeriesVersion(row.getLong(1), row.getLong(2)))
                        : Optional.<SeriesVersion>empty(),
                tenant,
                study,
                series))
        .orElseThrow();
  }
}
