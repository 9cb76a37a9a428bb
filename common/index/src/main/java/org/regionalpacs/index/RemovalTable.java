package org.regionalpacs.index;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.regionalpacs.index.LocationWriter.PlacedObject;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Records places of dead objects that were found out too late for their deletion to record them.
 */
final class RemovalTable {
  private record Late(PlacedObject object, Instant cutoff) {}

  private static final BatchStatement<Late> INSERT =
      new BatchStatement<>(
          new Rows<Late>()
              .text("tenant", row -> row.object().reception().tenant())
              .uuid("reception_id", row -> row.object().reception().receptionId())
              .text("store", row -> row.object().location().store())
              .text("node", row -> row.object().location().node())
              .text("blob_id", row -> row.object().location().blobId())
              .text("study_uid", row -> row.object().reception().study())
              .text("series_uid", row -> row.object().reception().series())
              .text("sop_uid", row -> row.object().reception().sop())
              .text("cutoff", Late::cutoff),
          """
          insert into removal
                 (tenant, reception_id, store, node, blob_id, study_uid, series_uid, sop_uid,
                  cutoff)
          select tenant, reception_id, store, node, blob_id, study_uid, series_uid, sop_uid,
                 cutoff::timestamptz
            from %2$s
          on conflict (tenant, reception_id, store, blob_id) do nothing
          """);

  private record Dead(ReceptionKey reception, Instant cutoff) {}

  private static final BatchStatement<Dead> MOVE =
      new BatchStatement<>(
          new Rows<Dead>()
              .text("tenant", row -> row.reception().tenant())
              .uuid("reception_id", row -> row.reception().receptionId())
              .text("study_uid", row -> row.reception().study())
              .text("series_uid", row -> row.reception().series())
              .text("sop_uid", row -> row.reception().sop())
              .text("cutoff", Dead::cutoff),
          """
          with gone as (
            delete from location l
             using %2$s
             where l.tenant = r.tenant and l.reception_id = r.reception_id
            returning l.tenant, l.reception_id, l.store, l.node, l.blob_id, r.study_uid,
                      r.series_uid, r.sop_uid, r.cutoff
          )
          insert into removal
                 (tenant, reception_id, store, node, blob_id, study_uid, series_uid, sop_uid,
                  cutoff)
          select tenant, reception_id, store, node, blob_id, study_uid, series_uid, sop_uid,
                 cutoff::timestamptz
            from gone
          on conflict (tenant, reception_id, store, blob_id) do nothing
          """);

  private final JdbcTemplate jdbc;

  RemovalTable(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Has them removed.
   *
   * @param places in the order in which rows are locked
   * @param dead the cutoffs of all of them
   */
  void add(List<PlacedObject> places, Map<UUID, Instant> dead) {
    INSERT.execute(
        jdbc,
        places.stream()
            .map(place -> new Late(place, dead.get(place.reception().receptionId())))
            .toList());
  }

  /** Has the places removed that were recorded before anybody knew that the objects are dead. */
  void moveLocations(List<ReceptionKey> receptions, Map<UUID, Instant> dead) {
    MOVE.execute(
        jdbc,
        receptions.stream()
            .filter(reception -> dead.containsKey(reception.receptionId()))
            .map(reception -> new Dead(reception, dead.get(reception.receptionId())))
            .toList());
  }
}
