package org.regionalpacs.consumer.archiver;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.regionalpacs.consumer.DeadObjects;
import org.regionalpacs.consumer.ParallelWork;
import org.regionalpacs.consumer.Places;
import org.regionalpacs.consumer.Step;
import org.regionalpacs.consumer.StepResult;
import org.regionalpacs.consumer.StorageRecord;
import org.regionalpacs.index.KnownPlaces;
import org.regionalpacs.index.KnownPlaces.Known;
import org.regionalpacs.index.LocationWriter.PlacedObject;
import org.regionalpacs.index.NodeObject;
import org.regionalpacs.index.ObjectLocation;
import org.springframework.stereotype.Component;

/** Copies accepted objects into the archive and records where they are. */
@Component
class Archiver implements Step {
  static final String GROUP = "archiver";

  private final ArchiveCopy archive;
  private final KnownPlaces known;
  private final Copies made;
  private final DeadObjects deadObjects;
  private final ParallelWork copies;
  private final ArchiverMetrics metrics;

  Archiver(
      ArchiveCopy archive,
      KnownPlaces known,
      Copies made,
      DeadObjects deadObjects,
      ArchiverProperties properties,
      ArchiverMetrics metrics) {
    this.archive = archive;
    this.known = known;
    this.made = made;
    this.deadObjects = deadObjects;
    this.copies = new ParallelWork(properties.parallelCopies());
    this.metrics = metrics;
  }

  @Override
  public String group() {
    return GROUP;
  }

  @Override
  public StepResult process(List<StorageRecord> batch) throws Exception {
    metrics.archived(made.record(batch), batch);
    Set<UUID> done = archived(batch);
    for (StorageRecord dead : deadObjects.in(batch)) {
      archive.remove(dead);
      done.add(dead.message().receptionId());
    }
    List<StorageRecord> wanted =
        batch.stream().filter(record -> done.add(record.message().receptionId())).toList();
    ParallelWork.Results<PlacedObject> copied = copies.map(wanted, made::make);
    metrics.archived(made.record(wanted), wanted);
    return settle(copied.leftUndone(), batch);
  }

  /**
   * An object that was deleted while the batch was worked on may have lost its online file, so that
   * it couldn't be copied; an attempt before this one may have copied it and not recorded that.
   */
  StepResult settle(StepResult leftUndone, List<StorageRecord> batch) throws IOException {
    StepResult left = deadObjects.without(leftUndone, batch);
    if (!left.equals(leftUndone)) {
      for (StorageRecord dead : deadObjects.in(batch)) {
        archive.remove(dead);
      }
    }
    return left;
  }

  /**
   * Those already in the archive: their online files may be gone. What was evicted stays where it
   * is when the archive is another by now. What was found missing is copied again.
   */
  private Set<UUID> archived(List<StorageRecord> batch) {
    Set<UUID> archived = new HashSet<>();
    known.of(batch.stream().map(record -> Places.reception(record.message())).toList()).stream()
        .collect(Collectors.groupingBy(Known::receptionId))
        .forEach((receptionId, places) -> {
          if (needNoCopy(places)) {
            archived.add(receptionId);
          }
        });
    return archived;
  }

  private boolean needNoCopy(List<Known> places) {
    boolean evicted = places.stream().anyMatch(place -> place.state().equals(NodeObject.EVICTED));
    return places.stream()
        .filter(place -> place.state().equals(NodeObject.AVAILABLE))
        .anyMatch(place ->
            place.store().equals(archive.store())
                || evicted && !place.store().equals(ObjectLocation.ONLINE));
  }
}
