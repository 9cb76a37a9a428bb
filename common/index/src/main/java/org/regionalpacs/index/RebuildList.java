package org.regionalpacs.index;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What a rebuild of the index has found, kept in tables because there may be more of it than fits
 * into memory. Written many rows at a time, read page by page.
 */
public final class RebuildList {

  /**
   * A reception.
   *
   * @param online whether its file is in the online store; else it is in archives only
   * @param message the record of the storage topic, as JSON
   */
  public record Reception(String tenant, UUID id, boolean online, String message) {}

  /**
   * An archived copy.
   *
   * @param object reception id, or that of a rendition
   * @param length bytes of the object; its manifest may follow
   * @param blocks the text that lists the blocks it is kept in, where it is
   */
  public record Copy(
      String tenant,
      UUID object,
      String store,
      String blobId,
      long length,
      Optional<String> blocks) {}

  /**
   * An object that was encoded once more.
   *
   * @param manifest what stands beside it in the archive, as JSON
   */
  public record ListedRendition(String tenant, UUID id, String manifest) {}

  /** A place in the list; the next page begins behind it. */
  public record Position(String tenant, UUID id) {
    /** Before all. */
    public static final Position START = new Position("", new UUID(0, 0));
  }

  /** A file of the online store says more than a manifest: where it is. */
  private static final BatchStatement<Reception> ADD_RECEPTIONS =
      new BatchStatement<>(
          new Rows<Reception>()
              .text("tenant", Reception::tenant)
              .uuid("reception_id", Reception::id)
              .text("online", row -> String.valueOf(row.online()))
              .text("message", Reception::message),
          """
          insert into rebuild_object as o (tenant, reception_id, online, message)
          select distinct on (tenant, reception_id) tenant, reception_id, online::boolean, message
            from %2$s
           order by tenant, reception_id, online::boolean desc
          on conflict (tenant, reception_id) do update set
            online = excluded.online,
            message = excluded.message
          where excluded.online and not o.online
          """);

  private static final BatchStatement<Copy> ADD_COPIES =
      added(
          "rebuild_copy",
          new Rows<Copy>()
              .text("tenant", Copy::tenant)
              .uuid("object_id", Copy::object)
              .text("store", Copy::store)
              .text("blob_id", Copy::blobId)
              .bigint("blob_length", Copy::length)
              .optionalText("blocks", Copy::blocks));

  private static final BatchStatement<ListedRendition> ADD_RENDITIONS =
      added(
          "rebuild_rendition",
          new Rows<ListedRendition>()
              .text("tenant", ListedRendition::tenant)
              .uuid("rendition_id", ListedRendition::id)
              .text("manifest", ListedRendition::manifest));

  private static final BatchStatement<Position> RECEPTIONS =
      ofObjects(
          """
          select o.*
            from %2$s
           cross join lateral (
                 select k.tenant, k.reception_id, k.online, k.message
                   from rebuild_object k
                  where k.tenant = r.tenant and k.reception_id = r.object_id
                 offset 0) o
          """);

  private static final BatchStatement<Position> COPIES =
      ofObjects(
          """
          select c.*
            from %2$s
           cross join lateral (
                 select k.tenant, k.object_id, k.store, k.blob_id, k.blob_length, k.blocks
                   from rebuild_copy k
                  where k.tenant = r.tenant and k.object_id = r.object_id
                 offset 0) c
           order by c.tenant, c.object_id, c.store, c.blob_id
          """);

  private static final BatchStatement<Position> TO_GO =
      ofObjects(
          """
          select r.object_id
            from %2$s
           where exists (select 1 from removal x
                          where x.tenant = r.tenant and x.reception_id = r.object_id)
              or exists (select 1 from rendition_attempt a
                          where a.tenant = r.tenant and a.rendition_id = r.object_id)
          """);

  private static final String MISSING =
      """
      select distinct r.tenant, r.study_uid, r.series_uid, r.sop_uid, r.reception_id
        from (select tenant, study_uid, series_uid, sop_uid, reception_id from instance
              union all
              select tenant, study_uid, series_uid, sop_uid, reception_id
                from superseded_instance
              union all
              select tenant, study_uid, series_uid, sop_uid, reception_id from rebuild_known) r
       where not exists (select 1 from rebuild_object o
                          where o.tenant = r.tenant and o.reception_id = r.reception_id)
         and not exists (select 1
                           from (select 1) one
                         DEATHS)
       limit ?
      """
          .replace("DEATHS", Tombstones.DEATHS);

  private final JdbcTemplate jdbc;
  private final JdbcClient client;
  private final TablesInUse tables;

  /** What is there already stays as it is. */
  private static <R> BatchStatement<R> added(String table, Rows<R> rows) {
    return new BatchStatement<>(
        rows,
        """
        insert into TABLE (%1$s)
        select %1$s
          from %2$s
        on conflict do nothing
        """
            .replace("TABLE", table));
  }

  /** Of what some objects have, by {@code r.tenant} and {@code r.object_id}. */
  private static BatchStatement<Position> ofObjects(String sql) {
    return new BatchStatement<>(
        new Rows<Position>().text("tenant", Position::tenant).uuid("object_id", Position::id), sql);
  }

  RebuildList(JdbcTemplate jdbc, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.client = JdbcClient.create(jdbc);
    this.tables = new TablesInUse(jdbc, transaction);
  }

  /** Forgets all of it. */
  public void clear() {
    tables.empty(List.of("rebuild_object", "rebuild_copy", "rebuild_rendition"));
  }

  /** Adds receptions; one that is found online and in an archive is online. */
  public void addReceptions(List<Reception> found) {
    ADD_RECEPTIONS.execute(jdbc, found);
  }

  /** Adds archived copies. */
  public void addCopies(List<Copy> found) {
    ADD_COPIES.execute(jdbc, found);
  }

  /** Adds renditions. */
  public void addRenditions(List<ListedRendition> found) {
    ADD_RENDITIONS.execute(jdbc, found);
  }

  /** How many receptions there are. */
  public long size() {
    return client.sql("select count(*) from rebuild_object").query(Long.class).single();
  }

  /**
   * Objects that the list doesn't have and the index knows, or knew before a rebuild that was
   * broken off, in no order. Those that are deleted count as gone: the index may be older than
   * their deletion.
   */
  public List<ReceptionKey> missing(int limit) {
    return client
        .sql(MISSING)
        .param(limit)
        .query((row, _) ->
            new ReceptionKey(
                row.getString("tenant"),
                row.getString("study_uid"),
                row.getString("series_uid"),
                row.getString("sop_uid"),
                row.getObject("reception_id", UUID.class)))
        .list();
  }

  /** Those of some objects and renditions that are removed, or to be: nobody went on with them. */
  public Set<UUID> toGo(List<Position> objects) {
    return new HashSet<>(
        TO_GO.query(jdbc, objects, (row, _) -> row.getObject("object_id", UUID.class)));
  }

  /** The next receptions, by tenant and in the order of reception. */
  public List<Reception> receptionsAfter(Position position, int limit) {
    return client
        .sql(
            """
            select tenant, reception_id, online, message from rebuild_object
             where (tenant, reception_id) > (?, ?)
             order by tenant, reception_id
             limit ?
            """)
        .params(position.tenant(), position.id(), limit)
        .query(RebuildList::reception)
        .list();
  }

  private static Reception reception(ResultSet row, int number) throws SQLException {
    return new Reception(
        row.getString("tenant"),
        row.getObject("reception_id", UUID.class),
        row.getBoolean("online"),
        row.getString("message"));
  }

  /** Those of some receptions that are in the list. */
  public Map<UUID, Reception> receptions(List<Position> wanted) {
    Map<UUID, Reception> found = new HashMap<>();
    RECEPTIONS
        .query(jdbc, wanted, RebuildList::reception)
        .forEach(each -> found.put(each.id(), each));
    return found;
  }

  /** The next renditions, by tenant and in the order in which they were made. */
  public List<ListedRendition> renditionsAfter(Position position, int limit) {
    return client
        .sql(
            """
            select tenant, rendition_id, manifest from rebuild_rendition
             where (tenant, rendition_id) > (?, ?)
             order by tenant, rendition_id
             limit ?
            """)
        .params(position.tenant(), position.id(), limit)
        .query((row, _) ->
            new ListedRendition(
                row.getString("tenant"),
                row.getObject("rendition_id", UUID.class),
                row.getString("manifest")))
        .list();
  }

  /** The archived copies of some objects, by object and in the order of stores. */
  public Map<UUID, List<Copy>> copies(List<Position> objects) {
    Map<UUID, List<Copy>> byObject = new HashMap<>();
    COPIES
        .query(
            jdbc,
            objects,
            (row, _) ->
                new Copy(
                    row.getString("tenant"),
                    row.getObject("object_id", UUID.class),
                    row.getString("store"),
                    row.getString("blob_id"),
                    row.getLong("blob_length"),
                    Optional.ofNullable(row.getString("blocks"))))
        .forEach(copy -> byObject.computeIfAbsent(copy.object(), _ -> new ArrayList<>()).add(copy));
    return byObject;
  }
}
