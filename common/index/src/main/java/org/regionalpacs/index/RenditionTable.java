package org.regionalpacs.index;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/** The rows of renditions, in the transactions of those who change them. */
final class RenditionTable {
  private record Made(ReceptionKey source, Rendition rendition) {}

  private static final BatchStatement<Made> INSERT =
      new BatchStatement<>(
          new Rows<Made>()
              .text("tenant", row -> row.source().tenant())
              .text("study_uid", row -> row.source().study())
              .text("series_uid", row -> row.source().series())
              .text("sop_uid", row -> row.source().sop())
              .uuid("reception_id", row -> row.source().receptionId())
              .text("kind", row -> row.rendition().kind().text())
              .uuid("rendition_id", row -> row.rendition().id())
              .text("terms", row -> row.rendition().terms())
              .text("instance_uid", row -> row.rendition().sop())
              .text("transfer_syntax", row -> row.rendition().transferSyntax())
              .text("digest", row -> row.rendition().digest())
              .bigint("size", row -> row.rendition().size())
              .integer("data_set_offset", row -> row.rendition().dataSetOffset()),
          """
          insert into rendition (%1$s)
          select tenant, study_uid, series_uid, sop_uid, reception_id, kind, rendition_id, terms,
                 instance_uid, transfer_syntax, decode(digest, 'hex'), size, data_set_offset
            from %2$s
          """);

  private static final BatchStatement<ObjectLocationOf> PLACES =
      new BatchStatement<>(
          new Rows<ObjectLocationOf>()
              .text("tenant", ObjectLocationOf::tenant)
              .uuid("reception_id", ObjectLocationOf::id)
              .text("store", row -> row.place().store())
              .text("node", row -> row.place().node())
              .text("blob_id", row -> row.place().blobId())
              .bigint("blob_offset", row -> row.place().offset())
              .bigint("blob_length", row -> row.place().length()),
          """
          insert into location (%1$s, state, derived)
          select %1$s, 'available', true
            from %2$s
          """);

  private record ObjectLocationOf(String tenant, UUID id, ObjectLocation place) {}

  /** Looked up key by key, see {@link BatchStatement}; there are hardly ever any. */
  private static final BatchStatement<ReceptionKey> OF_VERSIONS =
      new BatchStatement<>(
          new Rows<ReceptionKey>()
              .text("tenant", ReceptionKey::tenant)
              .text("study_uid", ReceptionKey::study)
              .text("series_uid", ReceptionKey::series)
              .text("sop_uid", ReceptionKey::sop)
              .uuid("reception_id", ReceptionKey::receptionId),
          """
          select r.tenant, r.study_uid, r.series_uid, r.sop_uid, x.rendition_id
            from %2$s
           cross join lateral (
                 select x.rendition_id
                   from rendition x
                  where x.tenant = r.tenant and x.study_uid = r.study_uid
                    and x.series_uid = r.series_uid and x.sop_uid = r.sop_uid
                    and x.reception_id = r.reception_id
                 offset 0) x
          """);

  private static final String DELETE =
      """
      delete from rendition
       where tenant = ? and study_uid = ? and series_uid = ? and sop_uid = ? and rendition_id = ?
      """;

  private final JdbcTemplate jdbc;
  private final RemovalTable removals;

  RenditionTable(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
    this.removals = new RemovalTable(jdbc);
  }

  /** There is none of this kind of the object. */
  void insert(ReceptionKey source, Rendition rendition) {
    INSERT.execute(jdbc, List.of(new Made(source, rendition)));
    PLACES.execute(
        jdbc,
        rendition.locations().stream()
            .map(place -> new ObjectLocationOf(source.tenant(), rendition.id(), place))
            .toList());
  }

  /** The renditions of versions that nobody asks for any longer. */
  void dropOf(List<ReceptionKey> versions) {
    drop(
        OF_VERSIONS.query(
            jdbc,
            versions,
            (row, _) ->
                new ReceptionKey(
                    row.getString("tenant"),
                    row.getString("study_uid"),
                    row.getString("series_uid"),
                    row.getString("sop_uid"),
                    row.getObject("rendition_id", UUID.class))));
  }

  /** Their rows go, and their places are to be removed. */
  void drop(List<ReceptionKey> renditions) {
    renditions.forEach(key ->
        jdbc.update(DELETE, key.tenant(), key.study(), key.series(), key.sop(), key.receptionId()));
    Instant now = Instant.now();
    Map<UUID, Instant> cutoffs =
        renditions.stream().collect(Collectors.toMap(ReceptionKey::receptionId, _ -> now));
    removals.moveLocations(renditions, cutoffs);
  }
}
