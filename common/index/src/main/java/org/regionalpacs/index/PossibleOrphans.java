package org.regionalpacs.index;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The list of {@link PossibleOrphan}s. Nothing is ever deleted from an archive for being in it, but
 * known copies of objects that are deleted anyway ({@link Removals#addOrphans}).
 */
public final class PossibleOrphans {
  /**
   * An id that came back may turn out to be that of something known. Without a server it is the id
   * of what the name says, which is looked up by its reception: no table has an index on ids, and a
   * process that dies leaves many of these. What a server answered in error may be any object's.
   */
  private static final String UNKNOWN =
      """
       where (o.answered is null
              or o.server = ''
                 and not exists (select 1 from location l
                                  where l.tenant = split_part(o.name, '/', 1)
                                    and l.reception_id = RECEPTION
                                    and l.store = o.store and l.blob_id = o.answered)
                 and not exists (select 1 from block_list b
                                  where b.tenant = split_part(o.name, '/', 1)
                                    and b.reception_id = RECEPTION and b.store = o.store
                                    and (b.blob_id = o.answered
                                         or position(' ' || o.answered || chr(10) in b.blocks) > 0))
              or o.server <> ''
                 and not exists (select 1 from location l
                                  where l.store = o.store and l.blob_id = o.answered)
                 and not exists (select 1 from block_list b
                                  where b.store = o.store
                                    and (b.blob_id = o.answered
                                         or position(' ' || o.answered || chr(10) in b.blocks) > 0)))
      """
          .replace(
              "RECEPTION",
              "substring(o.name from"
                  + " '/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})[^/]*$')::uuid");

  private final JdbcClient jdbc;

  public PossibleOrphans(JdbcTemplate jdbc) {
    this.jdbc = JdbcClient.create(jdbc);
  }

  /** Adds it, unless it was added before. */
  public void add(PossibleOrphan orphan) {
    jdbc.sql(
            """
            insert into possible_orphan
                   (orphan_id, found, store, server, name, size, sent, crc, answered, reason)
            values (:id, :found, :store, :server, :name, :size, :sent, :crc, :answered, :reason)
            on conflict (orphan_id) do nothing
            """)
        .param("id", orphan.id())
        .param("found", orphan.found().atOffset(ZoneOffset.UTC))
        .param("store", orphan.store())
        .param("server", orphan.server())
        .param("name", orphan.name())
        .param("size", orphan.size())
        .param("sent", orphan.sent())
        .param("crc", orphan.crc().isPresent() ? orphan.crc().getAsLong() : null)
        .param("answered", orphan.answered().orElse(null))
        .param("reason", orphan.reason())
        .update();
  }

  /**
   * The latest first, without those whose id turned out to be that of something known.
   *
   * @param since only those found then or later
   * @param limit most of them
   */
  public List<PossibleOrphan> list(Instant since, int limit) {
    return jdbc.sql(
            "select o.* from possible_orphan o"
                + UNKNOWN
                + " and o.found >= :since order by o.found desc, o.orphan_id limit :limit")
        .param("since", since.atOffset(ZoneOffset.UTC))
        .param("limit", limit)
        .query(PossibleOrphans::orphan)
        .list();
  }

  /**
   * Takes off the list what somebody has looked after.
   *
   * @return how many
   */
  public int forget(Instant foundBefore) {
    return jdbc.sql("delete from possible_orphan where found < :before")
        .param("before", foundBefore.atOffset(ZoneOffset.UTC))
        .update();
  }

  private static PossibleOrphan orphan(ResultSet row, int number) throws SQLException {
    long crc = row.getLong("crc");
    boolean known = !row.wasNull();
    return new PossibleOrphan(
        row.getObject("orphan_id", UUID.class),
        row.getObject("found", OffsetDateTime.class).toInstant(),
        row.getString("store"),
        row.getString("server"),
        row.getString("name"),
        row.getLong("size"),
        row.getLong("sent"),
        known ? OptionalLong.of(crc) : OptionalLong.empty(),
        Optional.ofNullable(row.getString("answered")),
        row.getString("reason"));
  }
}
