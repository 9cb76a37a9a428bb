package org.regionalpacs.index;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.ResultSetExtractor;

/**
 * Finds instances together with their locations, in one query however many there are. The order is
 * that of Instance Number, then SOP Instance UID (within a study, by series first).
 */
public final class InstanceObjects {
  /**
   * Places are looked up object by object: for a large series, a plain join would read all
   * partitions from end to end, because PostgreSQL doesn't reckon with a key's being in one
   * partition only. OFFSET keeps it from joining after all.
   */
  private static final String SELECT =
      """
      select i.tenant, i.study_uid, i.series_uid, i.sop_uid, i.reception_id, i.sop_class,
             i.transfer_syntax, i.size, i.data_set_offset, i.instance_number, i.number_of_frames,
             l.store, l.node, l.blob_id, l.blob_offset, l.blob_length
        from instance i
        left join lateral (
             select p.store, p.node, p.blob_id, p.blob_offset, p.blob_length
               from location p
              where p.tenant = i.tenant and p.reception_id = i.reception_id
                and p.state in ('available', 'missing')
             offset 0) l on true
       where i.tenant = ? and i.study_uid = ?
      """;

  private static final String ORDER =
      " order by i.series_uid, i.instance_number, i.sop_uid, l.store";

  private final JdbcTemplate jdbc;

  InstanceObjects(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** All instances of a study; empty when there is no such study. */
  public List<InstanceObject> ofStudy(String tenant, String study) {
    return jdbc.query(SELECT + ORDER, collector(), tenant, study);
  }

  /** All instances of a series; empty when there is no such series. */
  public List<InstanceObject> ofSeries(String tenant, String study, String series) {
    return jdbc.query(SELECT + " and i.series_uid = ?" + ORDER, collector(), tenant, study, series);
  }

  /** One instance. */
  public Optional<InstanceObject> find(String tenant, String study, String series, String sop) {
    return jdbc
        .query(
            SELECT + " and i.series_uid = ? and i.sop_uid = ?" + ORDER,
            collector(),
            tenant,
            study,
            series,
            sop)
        .stream()
        .findFirst();
  }

  /** The rows of one instance follow each other, one a location. */
  private static ResultSetExtractor<List<InstanceObject>> collector() {
    return rows -> {
      List<InstanceObject> found = new ArrayList<>();
      boolean more = rows.next();
      while (more) {
        InstanceObject object = object(rows);
        List<ObjectLocation> locations = new ArrayList<>();
        do {
          location(rows).ifPresent(locations::add);
          more = rows.next();
        } while (more && object.receptionId().equals(receptionId(rows)));
        found.add(object.at(locations));
      }
      return found;
    };
  }

  private static UUID receptionId(ResultSet row) throws SQLException {
    return row.getObject("reception_id", UUID.class);
  }

  private static InstanceObject object(ResultSet row) throws SQLException {
    return new InstanceObject(
        row.getString("tenant"),
        row.getString("study_uid"),
        row.getString("series_uid"),
        row.getString("sop_uid"),
        receptionId(row),
        row.getString("sop_class"),
        row.getString("transfer_syntax"),
        row.getLong("size"),
        row.getInt("data_set_offset"),
        integer(row, "instance_number"),
        integer(row, "number_of_frames"),
        List.of());
  }

  private static OptionalInt integer(ResultSet row, String column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
  }

  private static Optional<ObjectLocation> location(ResultSet row) throws SQLException {
    String store = row.getString("store");
    if (store == null) {
      return Optional.empty();
    }
    return Optional.of(
        new ObjectLocation(
            store,
            row.getString("node"),
            row.getString("blob_id"),
            row.getLong("blob_offset"),
            row.getLong("blob_length")));
  }
}
