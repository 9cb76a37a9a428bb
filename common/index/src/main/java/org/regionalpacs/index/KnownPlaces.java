package org.regionalpacs.index;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** Tells in which stores objects are, many objects at a time. */
public final class KnownPlaces {

  /**
   * A place of an object.
   *
   * @param receptionId the object
   * @param store {@link ObjectLocation#ONLINE}, or the name of a blob store
   * @param state {@link NodeObject#AVAILABLE}, {@link NodeObject#EVICTED} or what was found there
   */
  public record Known(UUID receptionId, String store, String state) {}

  private static final BatchStatement<ReceptionKey> OF =
      new BatchStatement<>(
          new Rows<ReceptionKey>()
              .text("tenant", ReceptionKey::tenant)
              .uuid("reception_id", ReceptionKey::receptionId),
          """
          select r.reception_id, l.store, l.state
            from %2$s
           cross join lateral (
                 select p.store, p.state
                   from location p
                  where p.tenant = r.tenant and p.reception_id = r.reception_id
                 offset 0) l
          """);

  private final JdbcTemplate jdbc;

  KnownPlaces(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** All places of these objects, in no order. */
  public List<Known> of(List<ReceptionKey> objects) {
    return OF.query(
        jdbc,
        objects,
        (row, _) ->
            new Known(
                row.getObject("reception_id", UUID.class),
                row.getString("store"),
                row.getString("state")));
  }
}
