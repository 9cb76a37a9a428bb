package org.regionalpacs.wado.prefetch;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.regionalpacs.index.StudyReads;
import org.regionalpacs.index.StudyReads.Read;
import org.regionalpacs.storage.OnlineFiles;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the index knows of a study before its objects are looked at. */
final class StudyPlaces {
  private final JdbcClient jdbc;
  private final StudyReads reads;
  private final OnlineFiles online;

  StudyPlaces(JdbcClient jdbc, StudyReads reads, OnlineFiles online) {
    this.jdbc = jdbc;
    this.reads = reads;
    this.online = online;
  }

  /**
   * Its series in the order in which they are looked at, by Series Number.
   *
   * @param from the first that is wanted; all when empty
   * @param most so many
   * @return none when there is no such study, or no such series in it
   */
  List<String> series(StudyKey study, Optional<String> from, int most) {
    List<String> all =
        jdbc.sql(
                """
                select series_uid from series where tenant = ? and study_uid = ?
                 order by series_number, series_uid
                """)
            .params(study.tenant(), study.study())
            .query(String.class)
            .list();
    return all.stream()
        .dropWhile(series -> from.isPresent() && !series.equals(from.get()))
        .limit(most)
        .toList();
  }

  /** Whether all of it has its file on this host. */
  boolean isHere(StudyKey study) throws IOException {
    return jdbc.sql(
            """
            select coalesce(bool_and(node = ? and evicted_objects = 0), false) from online_study
             where tenant = ? and study_uid = ?
            """)
        .params(online.node().orElse(""), study.tenant(), study.study())
        .query(Boolean.class)
        .single();
  }

  /** Says that what of it was evicted is to come back. */
  void wantBack(StudyKey study) {
    Read read = new Read(study.tenant(), study.study(), System.currentTimeMillis(), true);
    reads.record(List.of(read));
  }
}
