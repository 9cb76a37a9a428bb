package org.regionalpacs.intake.evict;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.regionalpacs.index.Evictions;
import org.regionalpacs.index.NodeObjects;
import org.regionalpacs.index.StudyIdentity;
import org.regionalpacs.intake.EvictableFiles;
import org.regionalpacs.intake.OnlineObjects;
import org.regionalpacs.nodes.EvictStudies;
import org.regionalpacs.nodes.NodeTaskHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evicts studies of this node. Done again, it goes on where it was: what is evicted is left out. An
 * archive that is away makes it fail, to be tried again; what is wrong with single objects doesn't.
 */
final class EvictionHandler implements NodeTaskHandler<EvictStudies, EvictStudies.Result> {
  private static final Logger LOG = LoggerFactory.getLogger(EvictionHandler.class);

  /** After so long it is interrupted, and goes on as a new attempt. */
  private static final Duration LIMIT = Duration.ofHours(4);

  /** With so many studies in a row whose archive is away, the others wait too. */
  private static final int AWAY = 2;

  private final EvictableFiles files;
  private final OnlineObjects online;
  private final NodeObjects objects;
  private final Evictions evictions;
  private final AsideFiles aside;
  private final Archives archives;
  private final EvictionProperties properties;
  private final MeterRegistry meters;

  EvictionHandler(
      EvictableFiles files,
      OnlineObjects online,
      NodeObjects objects,
      Evictions evictions,
      Archives archives,
      EvictionProperties properties,
      MeterRegistry meters) {
    this.files = files;
    this.online = online;
    this.objects = objects;
    this.evictions = evictions;
    this.aside = new AsideFiles(files, evictions);
    this.archives = archives;
    this.properties = properties;
    this.meters = meters;
    Tally.announce(meters, "out");
  }

  @Override
  public String kind() {
    return EvictStudies.KIND;
  }

  @Override
  public Class<EvictStudies> arguments() {
    return EvictStudies.class;
  }

  @Override
  public Duration limit() {
    return LIMIT;
  }

  @Override
  public EvictStudies.Result run(EvictStudies task) throws IOException, InterruptedException {
    aside.settle();
    Tally tally = new Tally(meters, "out");
    OnlineObjects.Pace pace = Pacing.of(properties);
    ArchivedCopies copies = new ArchivedCopies(archives, pace);
    CopyRepair repair = new CopyRepair(online, evictions, pace);
    StudyEviction eviction = new StudyEviction(files, objects, evictions, copies, repair, tally);
    Optional<IOException> away = Optional.empty();
    int awayInARow = 0;
    for (EvictStudies.Study each : task.studies()) {
      StudyIdentity study = new StudyIdentity(each.tenant(), each.study());
      try {
        eviction.evict(study);
        awayInARow = 0;
      } catch (ArchiveAwayException e) {
        away = Optional.of(e);
        awayInARow++;
      } finally {
        evictions.counted(study, properties.tryAgain().toSeconds());
      }
      if (awayInARow == AWAY) {
        break;
      }
    }
    evictions.room(files.free(), files.total());
    LOG.info(
        "Evicted {} files, {} bytes, of {} studies; stay: {}",
        tally.objects(),
        tally.bytes(),
        task.studies().size(),
        tally.refused());
    if (away.isPresent()) {
      throw away.get();
    }
    return new EvictStudies.Result(tally.objects(), tally.bytes(), tally.refused());
  }
}
