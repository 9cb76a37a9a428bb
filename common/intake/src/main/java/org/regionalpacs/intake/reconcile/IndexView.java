package org.regionalpacs.intake.reconcile;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.regionalpacs.intake.reconcile.IndexedObject.Place;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the index has of this node's files: by series, one query each. */
final class IndexView {
  private final JdbcClient jdbc;
  private final String node;

  /**
   * @param node the node whose files are compared
   */
  IndexView(JdbcClient jdbc, String node) {
    this.jdbc = jdbc;
    this.node = node;
  }

  /** The next tenant above a given one; empty after the last. */
  Optional<String> tenantAfter(String tenant) {
    return jdbc.sql("select min(tenant) from study where tenant > ?")
        .param(tenant)
        .query((row, _) -> Optional.ofNullable(row.getString(1)))
        .single();
  }

  /** The next studies of a tenant above a given one, in order. */
  List<String> studiesAfter(String tenant, String study, int limit) {
    return jdbc.sql(
            """
            select study_uid from study
             where tenant = ? and study_uid > ? order by study_uid limit ?
            """)
        .params(tenant, study, limit)
        .query(String.class)
        .list();
  }

  /** The series of some studies in a row, in order. */
  List<SeriesFolder> seriesUpTo(String tenant, String afterStudy, String lastStudy) {
    return jdbc.sql(
            """
            select study_uid, series_uid from series
             where tenant = ? and study_uid > ? and study_uid <= ?
             order by study_uid, series_uid
            """)
        .params(tenant, afterStudy, lastStudy)
        .query((row, _) -> new SeriesFolder(tenant, row.getString(1), row.getString(2)))
        .list();
  }

  /** The objects of a series that have, or had, a file on this node; all versions. */
  List<IndexedObject> objects(SeriesFolder series) {
    return jdbc.sql(
            """
            with object as (
              select tenant, reception_id, sop_uid, transfer_syntax, digest, data_set_offset, received
                from instance
               where tenant = :tenant and study_uid = :study and series_uid = :series
              union all
              select tenant, reception_id, sop_uid, transfer_syntax, digest, data_set_offset, received
                from superseded_instance
               where tenant = :tenant and study_uid = :study and series_uid = :series)
            select o.*, l.blob_id, l.blob_length, l.state,
                   exists (select 1 from location a
                            where a.tenant = o.tenant and a.reception_id = o.reception_id
                              and a.store <> 'online' and a.state = 'available') archived
              from object o
              join location l on l.tenant = o.tenant and l.reception_id = o.reception_id
                             and l.store = 'online' and l.node = :node
            """)
        .param("tenant", series.tenant())
        .param("study", series.study())
        .param("series", series.series())
        .param("node", node)
        .query(IndexView::object)
        .list();
  }

  private static IndexedObject object(ResultSet row, int number) throws SQLException {
    return new IndexedObject(
        row.getObject("reception_id", UUID.class),
        row.getString("sop_uid"),
        row.getString("transfer_syntax"),
        HexFormat.of().formatHex(row.getBytes("digest")),
        row.getInt("data_set_offset"),
        row.getObject("received", OffsetDateTime.class).toInstant(),
        new Place(row.getString("blob_id"), row.getLong("blob_length"), row.getString("state")),
        row.getBoolean("archived"));
  }

  /** Whether an object was deleted and its file on this node is about to go. */
  boolean isBeingDeleted(String tenant, UUID receptionId) {
    return jdbc.sql(
            """
            select exists (select 1 from removal
                            where tenant = ? and reception_id = ? and store = 'online' and node = ?)
            """)
        .params(tenant, receptionId, node)
        .query(Boolean.class)
        .single();
  }

  /**
   * Changes the state of an object's online file, unless somebody else changed its row meanwhile.
   *
   * @return whether it did
   */
  boolean mark(String tenant, IndexedObject object, String state) {
    return move(tenant, object, object.place().path(), state);
  }

  /** Gives the object the file of another that holds the same. See {@link #mark}. */
  boolean repoint(String tenant, IndexedObject object, IndexedObject other) {
    return move(tenant, object, other.place().path(), Place.AVAILABLE);
  }

  private boolean move(String tenant, IndexedObject object, String path, String state) {
    return jdbc.sql(
                """
                update location set blob_id = :path, state = :state
                 where tenant = :tenant and reception_id = :reception and store = 'online'
                   and node = :node and blob_id = :old and state = :before
                """)
            .param("path", path)
            .param("state", state)
            .param("tenant", tenant)
            .param("reception", object.receptionId())
            .param("node", node)
            .param("old", object.place().path())
            .param("before", object.place().state())
            .update()
        == 1;
  }
}
