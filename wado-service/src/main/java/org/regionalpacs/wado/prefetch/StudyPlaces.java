package org.regionalpacs.wado.prefetch;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.regionalpacs.index.StudyReads;
import org.regionalpacs.index.StudyReads.Read;
import org.regionalpacs.storage.OnlineFiles;
import org.regionalpacs.storage.OtherNodes;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the index knows of a study before its objects are looked at. */
final class StudyPlaces {
  private final JdbcClient jdbc;
  private final StudyReads reads;
  private final OnlineFiles online;
  private final OtherNodes others;

  StudyPlaces(JdbcClient jdbc, StudyReads reads, OnlineFiles online, OtherNodes others) {
    this.jdbc = jdbc;
    this.reads = reads;
    this.online = online;
    this.others = others;
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

  /** Whether all of it has its file on this host, or on nodes that can be asked. */
  boolean isOnline(StudyKey study) throws IOException {
    List<Part> parts =
        jdbc.sql(
                """
                select node, evicted_objects as evicted from online_study
                 where tenant = ? and study_uid = ?
                """)
            .params(study.tenant(), study.study())
            .query(Part.class)
            .list();
    String here = online.node().orElse("");
    return !parts.isEmpty()
        && parts.stream()
            .allMatch(part ->
                part.evicted() == 0 && (part.node().equals(here) || others.reaches(part.node())));
  }

  /** What a node has of a study. */
  private record Part(String node, long evicted) {}

  /** Says that what of it was evicted is to come back. */
  void wantBack(StudyKey study) {
    Read read = new Read(study.tenant(), study.study(), System.currentTimeMillis(), true);
    reads.record(List.of(read));
  }
}
