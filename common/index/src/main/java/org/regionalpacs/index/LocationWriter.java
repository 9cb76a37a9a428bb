package org.regionalpacs.index;

import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;

/** Records where objects are. */
public final class LocationWriter {

  /**
   * A place of a received object.
   *
   * @param tenant the hospital
   * @param receptionId the object
   * @param location the place
   */
  public record PlacedObject(String tenant, UUID receptionId, ObjectLocation location) {}

  private static final BatchStatement<PlacedObject> UPSERT =
      new BatchStatement<>(
          new Rows<PlacedObject>()
              .text("tenant", PlacedObject::tenant)
              .uuid("reception_id", PlacedObject::receptionId)
              .text("store", row -> row.location().store())
              .text("node", row -> row.location().node())
              .text("blob_id", row -> row.location().blobId())
              .bigint("blob_offset", row -> row.location().offset())
              .bigint("blob_length", row -> row.location().length()),
          """
          insert into location as l (%1$s, state)
          select %1$s, 'available'
            from %2$s
          on conflict (tenant, reception_id, store) do update set
            node = excluded.node,
            blob_id = excluded.blob_id,
            blob_offset = excluded.blob_offset,
            blob_length = excluded.blob_length,
            state = excluded.state
          where l.state in ('available', 'missing')
            and (l.node, l.blob_id, l.blob_offset, l.blob_length, l.state) is distinct from
                (excluded.node, excluded.blob_id, excluded.blob_offset, excluded.blob_length,
                 excluded.state)
          """);

  private final JdbcTemplate jdbc;

  LocationWriter(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Records places, all or none. A place that was evicted, or whose file is damaged, stays so: the
   * message that is delivered again doesn't bring the file back.
   */
  public void upsert(List<PlacedObject> places) {
    UPSERT.execute(jdbc, lastOfEach(places));
  }

  /** One statement may touch a row once only, and rows are locked in one order. */
  private static List<PlacedObject> lastOfEach(List<PlacedObject> places) {
    record Key(String tenant, UUID receptionId, String store) {}
    Stream<PlacedObject> last =
        places.stream()
            .collect(
                Collectors.toMap(
                    place -> new Key(place.tenant(), place.receptionId(), place.location().store()),
                    place -> place,
                    (_, later) -> later))
            .values()
            .stream();
    return last.sorted(
            Comparator.comparing(PlacedObject::tenant)
                .thenComparing(PlacedObject::receptionId, Version.RECEPTION_ORDER)
                .thenComparing(place -> place.location().store()))
        .toList();
  }
}
