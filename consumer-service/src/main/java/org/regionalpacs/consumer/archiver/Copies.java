package org.regionalpacs.consumer.archiver;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.regionalpacs.consumer.StorageRecord;
import org.regionalpacs.consumer.UnusableRecordException;
import org.regionalpacs.index.LocationWriter;
import org.regionalpacs.index.LocationWriter.PlacedObject;
import org.regionalpacs.storage.ArchiveCatalogue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Makes copies and records where they are: in the catalogue first, where the archive chooses ids,
 * then in the index. Until that is done they are known here, and to the next process by the
 * catalogue: nobody else knows them, another attempt would make second ones.
 */
@Component
class Copies {
  private static final Logger LOG = LoggerFactory.getLogger(Copies.class);
  private static final int MOST = 10_000;

  private final ArchiveCopy archive;
  private final LocationWriter locations;
  private final Optional<ArchiveCatalogue> catalogue;
  private final SequencedMap<UUID, PlacedObject> unrecorded = new LinkedHashMap<>();
  private final Set<UUID> catalogued = ConcurrentHashMap.newKeySet();
  private Optional<Map<UUID, String>> ofDead = Optional.empty();

  Copies(
      ArchiveCopy archive, LocationWriter locations, ObjectProvider<ArchiveCatalogue> catalogue) {
    this.archive = archive;
    this.locations = locations;
    this.catalogue = archive.choosesIds() ? catalogue.stream().findFirst() : Optional.empty();
  }

  private void forget(UUID reception) {
    unrecorded.remove(reception);
    catalogued.remove(reception);
  }

  /** Copies an object, or finds the copy that a process had made when it died. */
  PlacedObject make(StorageRecord record) throws IOException, UnusableRecordException {
    Optional<String> before = ofDeadProcess(record.message().receptionId());
    Optional<PlacedObject> found =
        before.isPresent() ? archive.find(record, before.get()) : Optional.empty();
    PlacedObject copy = found.isPresent() ? found.get() : archive.copy(record);
    synchronized (unrecorded) {
      unrecorded.put(copy.reception().receptionId(), copy);
      if (unrecorded.size() > MOST) {
        PlacedObject forgotten = unrecorded.pollFirstEntry().getValue();
        catalogued.remove(forgotten.reception().receptionId());
        LOG.warn("A copy that can't be recorded stays in the archive: {}", forgotten.location());
      }
    }
    if (found.isPresent()) {
      catalogued.add(copy.reception().receptionId());
    }
    try {
      requireCatalogued(copy);
    } catch (IOException e) {
      LOG.debug("Not in the catalogue yet: {}", copy.location(), e);
    }
    return copy;
  }

  private void requireCatalogued(PlacedObject copy) throws IOException {
    UUID reception = copy.reception().receptionId();
    if (catalogue.isPresent() && !catalogued.contains(reception)) {
      catalogue
          .get()
          .add(
              copy.location().store(),
              new ArchiveCatalogue.Entry(
                  copy.reception().tenant(), reception, copy.location().blobId()));
      catalogued.add(reception);
    }
  }

  private synchronized Optional<String> ofDeadProcess(UUID reception) throws IOException {
    if (catalogue.isEmpty()) {
      return Optional.empty();
    }
    if (ofDead.isEmpty()) {
      Map<UUID, String> ids = new HashMap<>();
      try (Stream<ArchiveCatalogue.Entry> latest = catalogue.get().latest(archive.store())) {
        latest.forEach(entry -> ids.put(entry.receptionId(), entry.blobId()));
      }
      ofDead = Optional.of(ids);
    }
    return Optional.ofNullable(ofDead.get().remove(reception));
  }

  /**
   * Records those of a batch that were made, in this attempt or an earlier one.
   *
   * @return them
   */
  List<PlacedObject> record(List<StorageRecord> batch) throws IOException {
    List<PlacedObject> made;
    synchronized (unrecorded) {
      made =
          batch.stream()
              .map(record -> record.message().receptionId())
              .distinct()
              .filter(unrecorded::containsKey)
              .map(unrecorded::get)
              .toList();
    }
    if (made.isEmpty()) {
      return made;
    }
    for (PlacedObject copy : made) {
      requireCatalogued(copy);
    }
    if (catalogue.isPresent()) {
      catalogue.get().flush();
    }
    locations.upsert(made);
    synchronized (unrecorded) {
      made.forEach(copy -> forget(copy.reception().receptionId()));
    }
    return made;
  }
}
