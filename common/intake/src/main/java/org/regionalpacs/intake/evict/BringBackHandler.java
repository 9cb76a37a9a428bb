package org.regionalpacs.intake.evict;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.regionalpacs.index.Evictions;
import org.regionalpacs.index.NodeObject;
import org.regionalpacs.index.NodeObjects;
import org.regionalpacs.index.StudyIdentity;
import org.regionalpacs.intake.EvictableFiles;
import org.regionalpacs.intake.LowSpaceException;
import org.regionalpacs.intake.OnlineObjects;
import org.regionalpacs.nodes.BringBackStudy;
import org.regionalpacs.nodes.NodeTaskHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the evicted files of a study back. Each is written, compared and flushed before it gets
 * its name, and has its name before the index says that it is there. Done again, it finds what is
 * there; a name that an attempt before it has given is used.
 */
final class BringBackHandler implements NodeTaskHandler<BringBackStudy, BringBackStudy.Result> {
  private static final Logger LOG = LoggerFactory.getLogger(BringBackHandler.class);

  /** After so long it is interrupted, and goes on as a new attempt. */
  private static final Duration LIMIT = Duration.ofHours(4);

  private final EvictableFiles files;
  private final NodeObjects objects;
  private final Evictions evictions;
  private final AsideFiles aside;
  private final Archives archives;
  private final EvictionProperties properties;
  private final MeterRegistry meters;

  BringBackHandler(
      EvictableFiles files,
      NodeObjects objects,
      Evictions evictions,
      Archives archives,
      EvictionProperties properties,
      MeterRegistry meters) {
    this.files = files;
    this.objects = objects;
    this.evictions = evictions;
    this.aside = new AsideFiles(files, evictions);
    this.archives = archives;
    this.properties = properties;
    this.meters = meters;
    Tally.announce(meters, "in");
  }

  @Override
  public String kind() {
    return BringBackStudy.KIND;
  }

  @Override
  public Class<BringBackStudy> arguments() {
    return BringBackStudy.class;
  }

  @Override
  public Duration limit() {
    return LIMIT;
  }

  @Override
  public BringBackStudy.Result run(BringBackStudy task) throws IOException, InterruptedException {
    aside.settle();
    StudyIdentity study = new StudyIdentity(task.tenant(), task.study());
    Tally tally = new Tally(meters, "in");
    try {
      bringBack(study, tally);
    } catch (LowSpaceException e) {
      LOG.warn("{}: {} is not brought back: {}", task.tenant(), task.study(), e.getMessage());
      tally.refused(Refusal.NO_ROOM);
    } finally {
      evictions.counted(study, properties.tryAgain().toSeconds());
    }
    evictions.room(files.free(), files.total());
    LOG.info(
        "{}: {} files, {} bytes of study {} are back; not: {}",
        task.tenant(),
        tally.objects(),
        tally.bytes(),
        task.study(),
        tally.refused());
    return new BringBackStudy.Result(tally.objects(), tally.bytes(), tally.refused());
  }

  private void bringBack(StudyIdentity study, Tally tally)
      throws IOException, InterruptedException {
    OnlineObjects.Pace pace = Pacing.of(properties);
    ArchivedCopies copies = new ArchivedCopies(archives, pace);
    for (String series : objects.series(study)) {
      for (NodeObject object : objects.ofSeries(study, series, files.store().node())) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        if (object.state().equals(NodeObject.EVICTED)) {
          bringBack(object, copies, pace, tally);
        }
      }
    }
  }

  private void bringBack(
      NodeObject object, ArchivedCopies copies, OnlineObjects.Pace pace, Tally tally)
      throws IOException {
    Optional<String> there = there(object);
    if (there.isEmpty()) {
      ArchivedCopies.Outcome<String> fetched =
          copies.use(object, content -> files.bringBack(object, content, pace));
      fetched.refusal().ifPresent(tally::refused);
      there = fetched.result();
    }
    if (there.isEmpty()) {
      return;
    }
    if (evictions.back(object, there.get())) {
      tally.moved(1, object.length());
    } else {
      tally.refused(Refusal.CHANGED_MEANWHILE);
      takeAway(object, there.get());
    }
  }

  /** A file of this object that an attempt before this one has named. */
  private Optional<String> there(NodeObject object) throws IOException {
    for (String name : files.names(object)) {
      if (files.holds(object, name)) {
        return Optional.of(name);
      }
    }
    return Optional.empty();
  }

  /**
   * The object was deleted while its file came back, or another process has brought it back under
   * its other name.
   */
  private void takeAway(NodeObject object, String path) throws IOException {
    if (evictions
        .place(object.reception().tenant(), object.reception().receptionId())
        .filter(place -> place.path().equals(path))
        .isEmpty()) {
      files.discard(object, path);
    }
  }
}
