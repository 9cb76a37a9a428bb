package org.regionalpacs.index;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes accepted objects into the index, many at a time. Any number of writers may run side by
 * side; every one locks rows in the same order (patients, studies, series, each by key), so they
 * wait for each other but never in a circle. Writing a batch again changes nothing.
 *
 * <p>Attributes of patients, studies and series are those of the first object; later ones fill only
 * what was empty. A study stays with its first patient. What contradicts is recorded, see {@link
 * Conflicts}.
 */
public final class IndexWriter {
  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final StudyPatients studyPatients;
  private final SeriesChanges seriesChanges;
  private final InstanceVersions instanceVersions;
  private final PatientConflicts patientConflicts;
  private final SopConflicts sopConflicts;
  private final ConflictTable conflicts;
  private final ChangeTable changes;
  private final StudyLocks locks;
  private final Tombstones tombstones;
  private final RemovalTable removals;
  private final ArrivingTags tags;

  IndexWriter(JdbcTemplate jdbc, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.studyPatients = new StudyPatients(jdbc);
    this.seriesChanges = new SeriesChanges(jdbc);
    this.instanceVersions = new InstanceVersions(new InstanceTable(jdbc));
    this.patientConflicts = new PatientConflicts(jdbc);
    this.sopConflicts = new SopConflicts(jdbc);
    this.conflicts = new ConflictTable(jdbc);
    this.changes = new ChangeTable(jdbc);
    this.locks = new StudyLocks(jdbc);
    this.tombstones = new Tombstones(jdbc);
    this.removals = new RemovalTable(jdbc);
    this.tags = new ArrivingTags(jdbc);
  }

  /**
   * Indexes a batch in one transaction: all of it or nothing. Deleted objects are left out.
   *
   * @throws org.springframework.dao.DataAccessException when the database refuses or can't be
   *     reached
   */
  public IndexResult index(List<IndexedInstance> batch) {
    if (batch.isEmpty()) {
      return IndexResult.NOTHING;
    }
    List<IndexedInstance> inOrder =
        batch.stream()
            .sorted(
                Comparator.comparing(
                    instance -> instance.object().receptionId(), Version.RECEPTION_ORDER))
            .toList();
    Written written = writeKnowingOwners(inOrder);
    List<ConflictEntry> sharedUids = sopConflicts.find(written.living());
    return sharedUids.isEmpty()
        ? written.result()
        : written.result().with(transaction.execute(_ -> conflicts.record(sharedUids)));
  }

  private record Written(List<IndexedInstance> living, IndexResult result) {}

  /** A study's patient never changes, so that each study can be lost to another writer once. */
  private Written writeKnowingOwners(List<IndexedInstance> batch) {
    for (int attempt = 1; ; attempt++) {
      try {
        return transaction.execute(_ -> writeLiving(batch));
      } catch (StudyPatients.StudyTakenException e) {
        if (attempt > batch.size()) {
          throw e;
        }
      }
    }
  }

  private Written writeLiving(List<IndexedInstance> batch) {
    locks.share(batch.stream().map(IndexedInstance::studyIdentity).toList());
    long tagGeneration = tags.generation();
    List<ReceptionKey> receptions = batch.stream().map(one -> one.object().key()).toList();
    Map<UUID, Instant> dead = tombstones.dead(receptions);
    removals.moveLocations(receptions, dead);
    List<IndexedInstance> living =
        batch.stream().filter(one -> !dead.containsKey(one.object().receptionId())).toList();
    return new Written(
        living, living.isEmpty() ? IndexResult.NOTHING : write(living, tagGeneration));
  }

  private IndexResult write(List<IndexedInstance> batch, long tagGeneration) {
    Map<StudyIdentity, UUID> owners = studyPatients.owners(batch);
    List<IndexedInstance> agreeing = StudyPatients.agreeing(batch, owners);
    PatientEntry.UPSERT.execute(jdbc, patients(agreeing));
    StudyEntry.UPSERT.execute(jdbc, studies(batch, owners));
    studyPatients.confirm(batch, owners);
    List<SeriesEntry> series = series(batch);
    Set<SeriesIdentity> changed = seriesChanges.upsert(series);
    InstanceVersions.Outcome instances = instanceVersions.write(batch);
    instances.changed().forEach(instance -> changed.add(instance.seriesIdentity()));
    seriesChanges.bump(changed);
    changes.add(instances.created(), instances.replaced());
    tags.write(tagGeneration, instances);
    List<ConflictEntry> found = new ArrayList<>(patientConflicts.find(batch, owners));
    found.addAll(instances.conflicts());
    Map<SeriesIdentity, IndexedInstance> examples = new HashMap<>();
    batch.forEach(instance -> examples.putIfAbsent(instance.seriesIdentity(), instance));
    return new IndexResult(
        seriesChanges.states(examples),
        instances.current(),
        instances.changed(),
        conflicts.record(found));
  }

  private static List<PatientEntry> patients(List<IndexedInstance> batch) {
    record Key(String tenant, UUID patient) {}
    return entries(
        batch,
        instance -> new Key(instance.object().tenant(), instance.patientKey()),
        (key, objects) ->
            new PatientEntry(
                key.tenant(),
                key.patient(),
                objects.getFirst().object().receptionId(),
                LevelAttributes.merge(objects.stream().map(IndexedInstance::patient).toList())),
        Comparator.comparing(PatientEntry::tenant).thenComparing(PatientEntry::patientKey));
  }

  /** What an object says of another patient's age or weight is none of the study's. */
  private static List<StudyEntry> studies(
      List<IndexedInstance> batch, Map<StudyIdentity, UUID> owners) {
    return entries(
        batch,
        IndexedInstance::studyIdentity,
        (identity, objects) ->
            new StudyEntry(
                identity,
                owners.get(identity),
                objects.getFirst().object().receptionId(),
                LevelAttributes.merge(
                    StudyPatients.agreeing(objects, owners).stream()
                        .map(IndexedInstance::study)
                        .toList())),
        Comparator.comparing(StudyEntry::identity, RowOrder.STUDY));
  }

  private static List<SeriesEntry> series(List<IndexedInstance> batch) {
    return entries(
        batch,
        IndexedInstance::seriesIdentity,
        (identity, objects) ->
            new SeriesEntry(
                identity,
                objects.getFirst().object().receptionId(),
                LevelAttributes.merge(objects.stream().map(IndexedInstance::series).toList())),
        Comparator.comparing(SeriesEntry::identity, RowOrder.SERIES));
  }

  /** One entry a key, in the order in which rows are locked. */
  private static <K, E> List<E> entries(
      List<IndexedInstance> batch,
      Function<IndexedInstance, K> key,
      BiFunction<K, List<IndexedInstance>, E> entry,
      Comparator<E> order) {
    return groups(batch, key).entrySet().stream()
        .map(group -> entry.apply(group.getKey(), group.getValue()))
        .sorted(order)
        .toList();
  }

  private static <K> Map<K, List<IndexedInstance>> groups(
      List<IndexedInstance> batch, Function<IndexedInstance, K> key) {
    Map<K, List<IndexedInstance>> groups = new LinkedHashMap<>();
    batch.forEach(instance ->
        groups.computeIfAbsent(key.apply(instance), _ -> new ArrayList<>()).add(instance));
    return groups;
  }
}
