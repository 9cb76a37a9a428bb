package org.regionalpacs.index;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.regionalpacs.index.LocationWriter.PlacedObject;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Records renditions. Who makes one begins, stores its bytes, then ends; whoever dies in between
 * leaves an attempt, whose bytes are removed when the same is begun once more. What was made of an
 * object that was deleted meanwhile, or isn't the current version, isn't recorded but removed.
 * {@link InstanceObjects} reads.
 */
public final class Renditions {
  /** In the lock of its row, so that a new version comes before or after, never in between. */
  private static final String CURRENT =
      """
      select reception_id from instance
       where tenant = ? and study_uid = ? and series_uid = ? and sop_uid = ?
         for no key update
      """;

  /** Before any of its instances', in the order of all writers. */
  private static final String LOCK_SERIES =
      """
      select 1 from series
       where tenant = ? and study_uid = ? and series_uid = ?
         for no key update
      """;

  private static final String SAME_KIND =
      """
      select rendition_id from rendition
       where tenant = ? and study_uid = ? and series_uid = ? and sop_uid = ? and reception_id = ?
         and kind = ?
         for update
      """;

  private static final String BEGIN =
      """
      insert into rendition_attempt
             (tenant, reception_id, rendition_id, study_uid, series_uid, sop_uid, kind, store,
              blob_id)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String REMOVE_GONE =
      """
        returning tenant, rendition_id, store, blob_id, study_uid, series_uid, sop_uid
      )
      insert into removal
             (tenant, reception_id, store, node, blob_id, study_uid, series_uid, sop_uid, cutoff)
      select tenant, rendition_id, store, '', blob_id, study_uid, series_uid, sop_uid, now()
        from gone
      on conflict (tenant, reception_id, store, blob_id) do nothing
      """;

  private static final String ABANDON =
      """
      with gone as (
        delete from rendition_attempt
         where tenant = ? and reception_id = ? and kind = ?
      """
          + REMOVE_GONE;

  private static final String SWEEP =
      """
      with gone as (
        delete from rendition_attempt
         where started < ?
      """
          + REMOVE_GONE;

  private static final String END =
      "delete from rendition_attempt where tenant = ? and reception_id = ? and rendition_id = ?";

  /** All attempts: nobody goes on with any. */
  static final String ABANDON_ALL = "with gone as (delete from rendition_attempt " + REMOVE_GONE;

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final StudyLocks locks;
  private final Tombstones tombstones;
  private final RemovalTable removals;
  private final BlockLists blockLists;
  private final RenditionTable table;
  private final SeriesChanges series;

  Renditions(JdbcTemplate jdbc, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.locks = new StudyLocks(jdbc);
    this.tombstones = new Tombstones(jdbc);
    this.removals = new RemovalTable(jdbc);
    this.blockLists = new BlockLists(jdbc);
    this.table = new RenditionTable(jdbc);
    this.series = new SeriesChanges(jdbc);
  }

  /** What became of a rendition that was made. */
  public enum Ending {
    /** It is there, in the place of what was of its kind. */
    RECORDED,

    /** Its object was deleted or has a newer version; the bytes are to be removed. */
    UNWANTED,

    /** Somebody else began the same; the bytes are to be removed. */
    OVERTAKEN
  }

  /**
   * A blob is about to be stored, under a name that is known already. Those of earlier attempts are
   * to be removed.
   *
   * @param store a store that keeps names
   * @param blobId the name
   */
  public void begin(
      ReceptionKey source, RenditionKind kind, UUID rendition, String store, String blobId) {
    transaction.executeWithoutResult(_ -> {
      abandonNow(source, kind);
      jdbc.update(
          BEGIN,
          source.tenant(),
          source.receptionId(),
          rendition,
          source.study(),
          source.series(),
          source.sop(),
          kind.text(),
          store,
          blobId);
    });
  }

  /** Nobody goes on with what was begun: it is to be removed. */
  public void abandon(ReceptionKey source, RenditionKind kind) {
    transaction.executeWithoutResult(_ -> abandonNow(source, kind));
  }

  /**
   * Has the bytes of attempts removed that nobody has done again.
   *
   * @param age of those that nobody is at any more
   * @return how many
   */
  public int abandonOlder(Duration age) {
    return jdbc.update(SWEEP, OffsetDateTime.ofInstant(Instant.now().minus(age), ZoneOffset.UTC));
  }

  private void abandonNow(ReceptionKey source, RenditionKind kind) {
    jdbc.update(ABANDON, source.tenant(), source.receptionId(), kind.text());
  }

  /**
   * The bytes are stored, and were read back. What is recorded counts as a change of its series, as
   * it changes what its readers are answered.
   *
   * @param rendition with its only place, in an archive
   * @param blocks the text that lists the blocks it is kept in, where it is
   * @param begun whether {@link #begin} was told of it
   */
  public Ending end(
      ReceptionKey source, Rendition rendition, Optional<String> blocks, boolean begun) {
    return transaction.execute(_ -> {
      locks.share(List.of(new StudyIdentity(source.tenant(), source.study())));
      jdbc.queryForList(
          LOCK_SERIES, Integer.class, source.tenant(), source.study(), source.series());
      ReceptionKey key = under(source, rendition.id());
      PlacedObject place = new PlacedObject(key, rendition.locations().getFirst(), blocks);
      blockLists.upsert(List.of(place));
      // Who overtook had them removed maybe before they were there.
      boolean overtaken = begun && !ended(source, rendition);
      if (overtaken || !wanted(source)) {
        removals.add(List.of(place), Map.of(rendition.id(), Instant.now()));
        return overtaken ? Ending.OVERTAKEN : Ending.UNWANTED;
      }
      table.drop(
          jdbc
              .queryForList(
                  SAME_KIND,
                  UUID.class,
                  source.tenant(),
                  source.study(),
                  source.series(),
                  source.sop(),
                  source.receptionId(),
                  rendition.kind().text())
              .stream()
              .map(old -> under(source, old))
              .toList());
      table.insert(source, rendition);
      series.bump(List.of(new SeriesIdentity(source.tenant(), source.study(), source.series())));
      return Ending.RECORDED;
    });
  }

  private boolean ended(ReceptionKey source, Rendition rendition) {
    return jdbc.update(END, source.tenant(), source.receptionId(), rendition.id()) == 1;
  }

  private boolean wanted(ReceptionKey source) {
    return tombstones.dead(List.of(source)).isEmpty()
        && jdbc.queryForList(
                CURRENT, UUID.class, source.tenant(), source.study(), source.series(), source.sop())
            .contains(source.receptionId());
  }

  /** Removal finds a rendition's bytes by its object's UIDs and its own id. */
  private static ReceptionKey under(ReceptionKey source, UUID rendition) {
    return new ReceptionKey(
        source.tenant(), source.study(), source.series(), source.sop(), rendition);
  }
}
