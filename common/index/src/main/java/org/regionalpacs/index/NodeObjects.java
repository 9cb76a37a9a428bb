package org.regionalpacs.index;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The objects of a study that have, or had, a file on a node; all versions of them. */
public final class NodeObjects {
  /** Places are looked up object by object; see {@link InstanceObjects}. */
  private static final String OF_SERIES =
      """
      with object as (
        select tenant, study_uid, series_uid, sop_uid, reception_id, transfer_syntax, digest,
               data_set_offset, instance_number
          from instance
         where tenant = :tenant and study_uid = :study and series_uid = :series
        union all
        select tenant, study_uid, series_uid, sop_uid, reception_id, transfer_syntax, digest,
               data_set_offset, instance_number
          from superseded_instance
         where tenant = :tenant and study_uid = :study and series_uid = :series)
      select o.*, l.path, l.length, l.state, a.store, a.blob_id, a.blob_offset, a.blob_length
        from object o
       cross join lateral (
             select p.blob_id as path, p.blob_length as length, p.state
               from location p
              where p.tenant = o.tenant and p.reception_id = o.reception_id
                and p.store = 'online' and p.node = :node
             offset 0) l
        left join lateral (
             select p.store, p.blob_id, p.blob_offset, p.blob_length
               from location p
              where p.tenant = o.tenant and p.reception_id = o.reception_id
                and p.store <> 'online' and p.state = 'available'
             offset 0) a on true
       order by o.instance_number, o.sop_uid, o.reception_id, a.store
      """;

  private final JdbcClient jdbc;

  public NodeObjects(JdbcTemplate jdbc) {
    this.jdbc = JdbcClient.create(jdbc);
  }

  /** The series of a study in the order in which they are looked at: by Series Number. */
  public List<String> series(StudyIdentity study) {
    return jdbc.sql(
            """
            select series_uid from series where tenant = ? and study_uid = ?
             order by series_number, series_uid
            """)
        .params(study.tenant(), study.studyUid())
        .query(String.class)
        .list();
  }

  /** The objects of a series, by Instance Number, then SOP Instance UID. */
  public List<NodeObject> ofSeries(StudyIdentity study, String series, String node) {
    List<NodeObject> objects = new ArrayList<>();
    jdbc.sql(OF_SERIES)
        .param("tenant", study.tenant())
        .param("study", study.studyUid())
        .param("series", series)
        .param("node", node)
        .query(row -> {
          NodeObject object = object(row);
          Optional<ObjectLocation> copy = copy(row);
          boolean same =
              !objects.isEmpty() && objects.getLast().reception().equals(object.reception());
          NodeObject known = same ? objects.removeLast() : object;
          objects.add(copy.map(known::with).orElse(known));
        });
    return objects;
  }

  private static NodeObject object(ResultSet row) throws SQLException {
    return new NodeObject(
        new ReceptionKey(
            row.getString("tenant"),
            row.getString("study_uid"),
            row.getString("series_uid"),
            row.getString("sop_uid"),
            row.getObject("reception_id", UUID.class)),
        row.getString("transfer_syntax"),
        HexFormat.of().formatHex(row.getBytes("digest")),
        row.getInt("data_set_offset"),
        row.getString("path"),
        row.getLong("length"),
        row.getString("state"),
        List.of());
  }

  private static Optional<ObjectLocation> copy(ResultSet row) throws SQLException {
    String store = row.getString("store");
    return store == null
        ? Optional.empty()
        : Optional.of(
            new ObjectLocation(
                store,
                "",
                row.getString("blob_id"),
                row.getLong("blob_offset"),
                row.getLong("blob_length")));
  }
}
