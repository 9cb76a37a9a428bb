package org.regionalpacs.consumer.archiver;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import org.regionalpacs.consumer.StorageRecord;
import org.regionalpacs.index.LocationWriter;
import org.regionalpacs.index.LocationWriter.PlacedObject;
import org.regionalpacs.storage.ArchiveCatalogue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Records where copies are: in the catalogue first, where the archive needs one, then in the index.
 * A copy is known here until that is done. Where the archive chooses ids nobody else knows it: the
 * next attempt would make another.
 */
@Component
class Copies {
  private static final Logger LOG = LoggerFactory.getLogger(Copies.class);
  private static final int MOST = 10_000;

  private final LocationWriter locations;
  private final Optional<ArchiveCatalogue> catalogue;
  private final SequencedMap<UUID, PlacedObject> unrecorded = new LinkedHashMap<>();

  Copies(LocationWriter locations, ObjectProvider<ArchiveCatalogue> catalogue) {
    this.locations = locations;
    this.catalogue = catalogue.stream().findFirst();
  }

  /** A copy was made. */
  PlacedObject made(PlacedObject copy) {
    synchronized (unrecorded) {
      unrecorded.put(copy.reception().receptionId(), copy);
      if (unrecorded.size() > MOST) {
        PlacedObject forgotten = unrecorded.pollFirstEntry().getValue();
        LOG.warn("A copy that can't be recorded stays in the archive: {}", forgotten.location());
      }
    }
    return copy;
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
    if (catalogue.isPresent()) {
      catalogue.get().add(made.getFirst().location().store(), entries(made));
    }
    locations.upsert(made);
    synchronized (unrecorded) {
      made.forEach(copy -> unrecorded.remove(copy.reception().receptionId(), copy));
    }
    return made;
  }

  private static List<ArchiveCatalogue.Entry> entries(List<PlacedObject> made) {
    return made.stream()
        .map(copy ->
            new ArchiveCatalogue.Entry(
                copy.reception().tenant(),
                copy.reception().receptionId(),
                copy.location().blobId()))
        .toList();
  }
}
