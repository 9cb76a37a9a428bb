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

  /**
   * A copy that somebody made.
   *
   * @param receptionId the object
   */
  public record Copy(String tenant, UUID receptionId, String store, String blobId) {}

  private static final BatchStatement<Copy> SECOND =
      new BatchStatement<>(
          new Rows<Copy>()
              .text("tenant", Copy::tenant)
              .uuid("reception_id", Copy::receptionId)
              .text("store", Copy::store)
              .text("blob_id", Copy::blobId),
          """
          select distinct r.tenant, r.reception_id, r.store, r.blob_id
            from %2$s
           cross join lateral (
                 select 1 from location l
                  where l.tenant = r.tenant and l.reception_id = r.reception_id
                    and l.store = r.store and l.state = 'available' and l.blob_id <> r.blob_id
                 offset 0) other
           where not exists (select 1 from possible_orphan o
                              where o.store = r.store and o.answered = r.blob_id)
             and not exists (select 1 from removal d
                              where d.tenant = r.tenant and d.reception_id = r.reception_id
                                and d.store = r.store and d.blob_id = r.blob_id)
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

  /**
   * Those of these copies that are of no use: the index knows another one of the same object in the
   * same store. What is listed as a possible orphan, or is to be removed, isn't among them.
   */
  public List<Copy> secondCopies(List<Copy> copies) {
    return SECOND.query(
        jdbc,
        copies,
        (row, _) ->
            new Copy(
                row.getString("tenant"),
                row.getObject("reception_id", UUID.class),
                row.getString("store"),
                row.getString("blob_id")));
  }
}
