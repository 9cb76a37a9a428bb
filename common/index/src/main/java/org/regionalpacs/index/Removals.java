package org.regionalpacs.index;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Places of deleted objects whose bytes are still there. Several may work on them at once. A
 * removal begins when its deletion is in the journal.
 */
public final class Removals {
  private static final Logger LOG = LoggerFactory.getLogger(Removals.class);
  private static final Duration LONGEST_REST = Duration.ofMinutes(10);
  private static final int DOUBLINGS = 9;

  private static final String DUE =
      """
      select r.tenant, r.reception_id, r.store, r.blob_id
        from removal r
       where r.store = :store and r.not_before <= now()
         and not exists (select 1 from deletion d
                          where d.tenant = r.tenant and d.study_uid = r.study_uid
                            and d.journaled is null)
       order by r.not_before
       limit :limit
         for update skip locked
      """;

  /**
   * Copies that a dead process had made and nobody had recorded, or that another took the place of:
   * their ids are known, as are the objects that they are of. Once such an object is deleted,
   * nobody can come to use them, so they needn't be left to an operator.
   */
  private static final String ORPHANS =
      """
      with r as materialized (
        select o.orphan_id, o.store, o.answered as blob_id,
               split_part(o.name, '/', 1) as tenant, split_part(o.name, '/', 2) as study_uid,
               split_part(o.name, '/', 3) as series_uid, split_part(o.name, '/', 4) as sop_uid,
               substring(split_part(o.name, '/', 5) for 36)::uuid as reception_id
          from possible_orphan o
         where o.answered is not null and o.server = ''
           and o.name ~ '^([^/]+/){4}[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}([.][^/]*)?$'
      ), dead as (
        select r.orphan_id, r.tenant, r.reception_id, r.store, r.blob_id, r.study_uid,
               r.series_uid, r.sop_uid, max(d.cutoff) as cutoff
          from r
        DEATHS
         group by 1, 2, 3, 4, 5, 6, 7, 8
      ), taken as (
        delete from possible_orphan o using dead d where o.orphan_id = d.orphan_id
      )
      insert into removal
             (tenant, reception_id, store, node, blob_id, study_uid, series_uid, sop_uid, cutoff)
      select distinct on (tenant, reception_id, store, blob_id)
             tenant, reception_id, store, '', blob_id, study_uid, series_uid, sop_uid, cutoff
        from dead
      on conflict (tenant, reception_id, store, blob_id) do nothing
      """
          .replace("DEATHS", Tombstones.DEATHS);

  private static final String COLUMNS =
      "tenant, reception_id, store, node, blob_id, study_uid, series_uid, sop_uid, cutoff, attempts";

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;

  Removals(JdbcTemplate jdbc, TransactionTemplate transaction) {
    this.jdbc = JdbcClient.create(jdbc);
    this.transaction = transaction;
  }

  /**
   * A place to be removed.
   *
   * @param reception the deleted object
   * @param store {@link ObjectLocation#ONLINE} or a blob store
   * @param node id of the node, for online files
   * @param blobId path or blob id
   * @param cutoff what was received later under the same UIDs is not deleted
   * @param attempts how often removing failed
   */
  public record Removal(
      ReceptionKey reception,
      String store,
      String node,
      String blobId,
      Instant cutoff,
      int attempts) {}

  /** Removes the bytes at a place, or finds them removed. */
  @FunctionalInterface
  public interface Remover {
    /**
     * @throws IOException when it is to be tried again later
     */
    void remove(Removal removal) throws IOException;
  }

  /**
   * Has places in a blob store removed.
   *
   * @return how many were taken up; when it is {@code limit}, there may be more
   */
  public int remove(String store, int limit, Remover remover) {
    return transaction.execute(_ -> {
      List<Removal> due =
          jdbc.sql(
                  "select "
                      + COLUMNS
                      + " from removal where (tenant, reception_id, store, blob_id) in ("
                      + DUE
                      + ")")
              .param("store", store)
              .param("limit", limit)
              .query(Removals::removal)
              .list();
      due.forEach(removal -> remove(removal, remover));
      return due.size();
    });
  }

  private void remove(Removal removal, Remover remover) {
    try {
      remover.remove(removal);
      ofPlace("delete from removal", removal).update();
      ofPlace("delete from block_list", removal).update();
    } catch (IOException | RuntimeException e) {
      LOG.warn(
          "Can't remove {} of a deleted object from store {} now: {}",
          removal.blobId(),
          removal.store(),
          e.toString());
      Duration rest = Duration.ofSeconds(1L << Math.min(removal.attempts(), DOUBLINGS));
      ofPlace(
              "update removal set attempts = attempts + 1,"
                  + " not_before = now() + make_interval(secs => :rest)",
              removal)
          .param(
              "rest", (double) (rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST).toSeconds())
          .update();
    }
  }

  /**
   * Hands places on nodes over to who sees to it that they are removed, in one transaction with
   * what that one writes.
   *
   * @return how many were taken up; when it is {@code limit}, there may be more
   */
  public int handOver(int limit, Consumer<List<Removal>> taker) {
    return transaction.execute(_ -> {
      List<Removal> due =
          jdbc.sql(
                  "delete from removal where (tenant, reception_id, store, blob_id) in ("
                      + DUE
                      + ") returning "
                      + COLUMNS)
              .param("store", ObjectLocation.ONLINE)
              .param("limit", limit)
              .query(Removals::removal)
              .list();
      if (!due.isEmpty()) {
        taker.accept(due);
      }
      return due.size();
    });
  }

  /**
   * Has those possible orphans removed that are copies of deleted objects, where their ids are
   * known.
   *
   * @return how many
   */
  public int addOrphans() {
    return jdbc.sql(ORPHANS).update();
  }

  /** Places that are not removed or handed over yet. */
  public long waiting() {
    return jdbc.sql("select count(*) from removal").query(Long.class).single();
  }

  private JdbcClient.StatementSpec ofPlace(String sql, Removal removal) {
    return jdbc.sql(
            sql
                + " where tenant = :tenant and reception_id = :reception and store = :store"
                + " and blob_id = :blob")
        .param("tenant", removal.reception().tenant())
        .param("reception", removal.reception().receptionId())
        .param("store", removal.store())
        .param("blob", removal.blobId());
  }

  private static Removal removal(ResultSet row, int number) throws SQLException {
    return new Removal(
        new ReceptionKey(
            row.getString("tenant"),
            row.getString("study_uid"),
            row.getString("series_uid"),
            row.getString("sop_uid"),
            row.getObject("reception_id", UUID.class)),
        row.getString("store"),
        row.getString("node"),
        row.getString("blob_id"),
        row.getObject("cutoff", OffsetDateTime.class).toInstant(),
        row.getInt("attempts"));
  }
}
