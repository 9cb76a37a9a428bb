package org.regionalpacs.index;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Records where objects are. */
public final class LocationWriter {

  /**
   * A place of a received object.
   *
   * @param reception the object
   * @param location the place
   * @param blocks the text that lists the blocks it is kept in, where it is
   */
  public record PlacedObject(
      ReceptionKey reception, ObjectLocation location, Optional<String> blocks) {

    /** In one piece. */
    public PlacedObject(ReceptionKey reception, ObjectLocation location) {
      this(reception, location, Optional.empty());
    }
  }

  private static final BatchStatement<PlacedObject> UPSERT =
      new BatchStatement<>(
          new Rows<PlacedObject>()
              .text("tenant", row -> row.reception().tenant())
              .uuid("reception_id", row -> row.reception().receptionId())
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
          where (l.state in ('available', 'missing') or l.store <> 'online')
            and (l.node, l.blob_id, l.blob_offset, l.blob_length, l.state) is distinct from
                (excluded.node, excluded.blob_id, excluded.blob_offset, excluded.blob_length,
                 excluded.state)
          """);

  /** A second copy, made because nobody knew the first one, or that is damaged, takes its place. */
  private static final BatchStatement<PlacedObject> FIRST_COPIES =
      new BatchStatement<>(
          new Rows<PlacedObject>()
              .text("tenant", row -> row.reception().tenant())
              .uuid("reception_id", row -> row.reception().receptionId())
              .text("study_uid", row -> row.reception().study())
              .text("series_uid", row -> row.reception().series())
              .text("sop_uid", row -> row.reception().sop())
              .text("store", row -> row.location().store())
              .text("blob_id", row -> row.location().blobId()),
          """
          insert into possible_orphan
                 (orphan_id, found, store, server, name, size, sent, answered, reason)
          select gen_random_uuid(), now(), r.store, '', concat_ws('/', r.tenant, r.study_uid, r.series_uid, r.sop_uid, r.reception_id),
                 l.blob_length, l.blob_length, l.blob_id,
                 case when l.state = 'damaged' then 'damaged; ' else '' end
                   || 'another copy took its place'
            from %2$s
           cross join lateral (
                 select p.blob_id, p.blob_length, p.state
                   from location p
                  where p.tenant = r.tenant and p.reception_id = r.reception_id
                    and p.store = r.store and p.store <> 'online' and p.blob_id <> r.blob_id
                    and p.state in ('available', 'damaged')
                 offset 0) l
          """);

  private static final BatchStatement<PlacedObject> EVICTED =
      new BatchStatement<>(
          UPSERT.rows(),
          """
          insert into location (%1$s, state)
          select %1$s, 'evicted'
            from %2$s
          on conflict (tenant, reception_id, store) do nothing
          """);

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final StudyLocks locks;
  private final Tombstones tombstones;
  private final RemovalTable removals;
  private final BlockLists blockLists;
  private final OnlineStudyTable studies;

  LocationWriter(JdbcTemplate jdbc, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.locks = new StudyLocks(jdbc);
    this.tombstones = new Tombstones(jdbc);
    this.removals = new RemovalTable(jdbc);
    this.blockLists = new BlockLists(jdbc);
    this.studies = new OnlineStudyTable(jdbc);
  }

  /**
   * Records places, all or none. A place that was evicted, or whose online file is damaged, stays
   * so: the message that is delivered again doesn't bring the file back. The places of deleted
   * objects are recorded to be removed.
   */
  public void upsert(List<PlacedObject> places) {
    if (!places.isEmpty()) {
      transaction.executeWithoutResult(_ -> write(lastOfEach(places)));
    }
  }

  /**
   * Records online places of living objects whose files are gone because archives have the objects,
   * where nothing else is known of them. {@link Evictions#counted} is to follow for their studies.
   */
  public void evicted(List<PlacedObject> places) {
    if (places.isEmpty()) {
      return;
    }
    transaction.executeWithoutResult(_ -> {
      List<PlacedObject> rows = lastOfEach(places);
      List<ReceptionKey> receptions = rows.stream().map(PlacedObject::reception).toList();
      locks.share(
          receptions.stream().map(key -> new StudyIdentity(key.tenant(), key.study())).toList());
      Map<UUID, Instant> dead = tombstones.dead(receptions);
      List<PlacedObject> living =
          rows.stream().filter(row -> !dead.containsKey(row.reception().receptionId())).toList();
      EVICTED.execute(jdbc, living);
      studies.received(studiesOf(living));
    });
  }

  private void write(List<PlacedObject> places) {
    List<ReceptionKey> receptions = places.stream().map(PlacedObject::reception).toList();
    locks.share(
        receptions.stream().map(key -> new StudyIdentity(key.tenant(), key.study())).toList());
    Map<UUID, Instant> dead = tombstones.dead(receptions);
    Map<Boolean, List<PlacedObject>> byDeath =
        places.stream()
            .collect(
                Collectors.partitioningBy(
                    place -> dead.containsKey(place.reception().receptionId())));
    removals.add(byDeath.get(true), dead);
    FIRST_COPIES.execute(
        jdbc, byDeath.get(false).stream().filter(place -> !place.location().online()).toList());
    UPSERT.execute(jdbc, byDeath.get(false));
    blockLists.upsert(places);
    studies.received(studiesOf(byDeath.get(false)));
  }

  private static List<OnlineStudyTable.Entry> studiesOf(List<PlacedObject> places) {
    record Key(StudyIdentity study, String node) {}
    Map<Key, Long> latest = new HashMap<>();
    for (PlacedObject place : places) {
      if (place.location().online()) {
        ReceptionKey object = place.reception();
        latest.merge(
            new Key(new StudyIdentity(object.tenant(), object.study()), place.location().node()),
            object.receivedMillis(),
            Math::max);
      }
    }
    return latest.entrySet().stream()
        .map(each ->
            new OnlineStudyTable.Entry(
                each.getKey().study(), each.getKey().node(), each.getValue()))
        .toList();
  }

  /** One statement may touch a row once only, and rows are locked in one order. */
  private static List<PlacedObject> lastOfEach(List<PlacedObject> places) {
    record Key(String tenant, UUID receptionId, String store) {}
    Stream<PlacedObject> last =
        places.stream()
            .collect(
                Collectors.toMap(
                    place ->
                        new Key(
                            place.reception().tenant(),
                            place.reception().receptionId(),
                            place.location().store()),
                    place -> place,
                    (_, later) -> later))
            .values()
            .stream();
    return last.sorted(
            Comparator.comparing((PlacedObject place) -> place.reception().tenant())
                .thenComparing(place -> place.reception().receptionId(), Version.RECEPTION_ORDER)
                .thenComparing(place -> place.location().store()))
        .toList();
  }
}
