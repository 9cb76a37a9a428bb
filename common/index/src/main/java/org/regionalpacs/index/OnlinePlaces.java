package org.regionalpacs.index;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** Tells which files of nodes' own disks hold received objects. */
public final class OnlinePlaces {
  private record Wanted(String tenant, UUID reception) {}

  /** Looked up key by key, see {@link BatchStatement}. */
  private static final BatchStatement<Wanted> PLACES =
      new BatchStatement<>(
          new Rows<Wanted>().text("tenant", Wanted::tenant).uuid("reception_id", Wanted::reception),
          """
          select r.reception_id, p.node, p.blob_id, p.blob_offset, p.blob_length
            from %2$s
           cross join lateral (
                 select p.node, p.blob_id, p.blob_offset, p.blob_length
                   from location p
                  where p.tenant = r.tenant and p.reception_id = r.reception_id
                    and p.store = 'online' and p.state in ('available', 'missing')
                 offset 0) p
          """);

  private final JdbcTemplate jdbc;

  OnlinePlaces(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** The online places of received objects; those that have none are left out. */
  public Map<UUID, ObjectLocation> of(String tenant, List<UUID> receptions) {
    Map<UUID, ObjectLocation> places = new HashMap<>();
    PLACES.query(
        jdbc,
        receptions.stream().map(id -> new Wanted(tenant, id)).toList(),
        (row, _) ->
            places.put(
                row.getObject("reception_id", UUID.class),
                new ObjectLocation(
                    ObjectLocation.ONLINE,
                    row.getString("node"),
                    row.getString("blob_id"),
                    row.getLong("blob_offset"),
                    row.getLong("blob_length"))));
    return places;
  }
}
