package org.regionalpacs.index;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.regionalpacs.index.LocationWriter.PlacedObject;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;

/** The blocks of archived objects that are kept in blocks. {@link LocationWriter} writes them. */
public final class BlockLists {
  private static final BatchStatement<PlacedObject> UPSERT =
      new BatchStatement<>(
          new Rows<PlacedObject>()
              .text("tenant", row -> row.reception().tenant())
              .uuid("reception_id", row -> row.reception().receptionId())
              .text("store", row -> row.location().store())
              .text("blob_id", row -> row.location().blobId())
              .text("blocks", row -> row.blocks().orElseThrow()),
          """
          insert into block_list as b (%1$s)
          select %1$s
            from %2$s
          on conflict (tenant, reception_id, store) do update set
            blob_id = excluded.blob_id,
            blocks = excluded.blocks
          where (b.blob_id, b.blocks) is distinct from (excluded.blob_id, excluded.blocks)
          """);

  private static final String REBUILT = "select 1 from rebuild where phase = 'indexing'";

  private final JdbcTemplate jdbc;

  BlockLists(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** The text that lists the blocks of a blob. */
  public Optional<String> find(String store, String blobId) {
    return jdbc
        .queryForList(
            "select blocks from block_list where blob_id = ? and store = ?",
            String.class,
            blobId,
            store)
        .stream()
        .findFirst();
  }

  /**
   * Whether any list of that store has one of these blocks; reads all lists.
   *
   * @throws DataAccessResourceFailureException while a rebuild fills the index or was broken off:
   *     then not all lists are here
   */
  public boolean names(String store, Collection<String> blockIds) {
    if (!jdbc.queryForList(REBUILT, Integer.class).isEmpty()) {
      throw new DataAccessResourceFailureException(
          "which blocks are in use isn't known until the index is rebuilt");
    }
    return !blockIds.isEmpty()
        && !jdbc.queryForList(
                """
                select 1
                  from unnest(?::text[]) as x(id)
                  join block_list b on b.store = ? and position(' ' || x.id || chr(10) in b.blocks) > 0
                 limit 1
                """,
                Integer.class,
                blockIds.toArray(String[]::new),
                store)
            .isEmpty();
  }

  /** In the transaction, and in the order, of their places. */
  void upsert(List<PlacedObject> places) {
    UPSERT.execute(jdbc, places.stream().filter(place -> place.blocks().isPresent()).toList());
  }
}
