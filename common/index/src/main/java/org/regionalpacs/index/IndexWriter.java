package org.regionalpacs.index;

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
 * what was empty. A study stays with its first patient.
 */
public final class IndexWriter {
  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final StudyPatients studyPatients;
  private final SeriesChanges seriesChanges;
  private final InstanceVersions instanceVersions;

  IndexWriter(JdbcTemplate jdbc, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.studyPatients = new StudyPatients(jdbc);
    this.seriesChanges = new SeriesChanges(jdbc);
    this.instanceVersions = new InstanceVersions(new InstanceTable(jdbc));
  }

  /**
   * Indexes a batch in one transaction: all of it or nothing.
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
    return transaction.execute(_ -> write(inOrder));
  }

  private IndexResult write(List<IndexedInstance> batch) {
    PatientEntry.UPSERT.execute(jdbc, patients(studyPatients.agreeing(batch)));
    StudyEntry.UPSERT.execute(jdbc, studies(batch));
    List<SeriesEntry> series = series(batch);
    Set<SeriesIdentity> changed = seriesChanges.upsert(series);
    InstanceVersions.Outcome instances = instanceVersions.write(batch);
    instances.changed().forEach(instance -> changed.add(instance.seriesIdentity()));
    seriesChanges.bump(changed);
    Map<SeriesIdentity, IndexedInstance> examples = new HashMap<>();
    batch.forEach(instance -> examples.putIfAbsent(instance.seriesIdentity(), instance));
    return new IndexResult(
        seriesChanges.states(examples), instances.current(), instances.changed());
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

  private static List<StudyEntry> studies(List<IndexedInstance> batch) {
    return entries(
        batch,
        IndexedInstance::studyIdentity,
        (identity, objects) ->
            new StudyEntry(
                identity,
                objects.getFirst().patientKey(),
                objects.getFirst().object().receptionId(),
                LevelAttributes.merge(objects.stream().map(IndexedInstance::study).toList())),
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
