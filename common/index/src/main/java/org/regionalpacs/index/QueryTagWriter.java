package org.regionalpacs.index;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.regionalpacs.index.QueryTagIndexing.Place;
import org.regionalpacs.index.QueryTagIndexing.Read;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes what stored objects say of query tags, by the rule by which arrivals are written (the
 * object received first, an instance's current version), so that it doesn't matter which comes
 * first.
 */
public final class QueryTagWriter {
  private final JdbcTemplate jdbc;
  private final JdbcClient client;
  private final TransactionTemplate transaction;
  private final StudyLocks studies;
  private final QueryTagLock lock;
  private final QueryTagTable table;

  public QueryTagWriter(JdbcTemplate jdbc, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.client = JdbcClient.create(jdbc);
    this.transaction = transaction;
    this.studies = new StudyLocks(jdbc);
    this.lock = new QueryTagLock(jdbc);
    this.table = new QueryTagTable(jdbc);
  }

  /** Takes back complaints about instances of a series, which is read for these tags now. */
  public void begin(Place series, List<QueryTag> tags) {
    client
        .sql(
            """
            delete from query_tag_error
             where tenant = :tenant and study_uid = :study and series_uid = :series
               and tag_id in (:tags)
            """)
        .param("tenant", series.tenant())
        .param("study", series.study())
        .param("series", series.series())
        .param("tags", tags.stream().map(QueryTag::id).toList())
        .update();
  }

  /**
   * Writes what objects of a series say. Those that aren't their instance's current version any
   * more are left out.
   *
   * @param generation of the tags they were read for
   * @return false when the tags are others by now; then nothing is written
   */
  public boolean write(long generation, Place series, List<Read> objects) {
    return transaction.execute(_ -> {
      studies.share(List.of(new StudyIdentity(series.tenant(), series.study())));
      if (lock.share() != generation) {
        return false;
      }
      lockRows(series);
      Set<UUID> current = current(series, objects);
      List<Read> living =
          objects.stream().filter(object -> current.contains(object.receptionId())).toList();
      table.write(living.stream().flatMap(object -> entries(series, object)).toList());
      return true;
    });
  }

  /** As all writers lock: the study, then the series. */
  private void lockRows(Place series) {
    jdbc.query(
        "select 1 from study where tenant = ? and study_uid = ? for no key update",
        (_, _) -> true,
        series.tenant(),
        series.study());
    jdbc.query(
        "select 1 from series where tenant = ? and study_uid = ? and series_uid = ?"
            + " for no key update",
        (_, _) -> true,
        series.tenant(),
        series.study(),
        series.series());
  }

  private Set<UUID> current(Place series, List<Read> objects) {
    return new HashSet<>(
        client
            .sql(
                """
                select reception_id from instance
                 where tenant = ? and study_uid = ? and series_uid = ? and sop_uid = any (?)
                """)
            .params(
                series.tenant(),
                series.study(),
                series.series(),
                objects.stream().map(Read::sop).toArray(String[]::new))
            .query(UUID.class)
            .list());
  }

  private static InstanceIdentity identity(Place series, Read object) {
    return new InstanceIdentity(series.tenant(), series.study(), series.series(), object.sop());
  }

  private static Stream<QueryTagTable.Entry> entries(Place series, Read object) {
    return object.readings().stream()
        .filter(reading -> !reading.nothing())
        .map(reading ->
            new QueryTagTable.Entry(identity(series, object), object.receptionId(), reading));
  }
}
