package org.regionalpacs.consumer.archiver;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import org.regionalpacs.index.KnownPlaces;
import org.regionalpacs.index.KnownPlaces.Copy;
import org.regionalpacs.index.PossibleOrphan;
import org.regionalpacs.index.PossibleOrphans;
import org.regionalpacs.storage.ArchiveCatalogue;
import org.regionalpacs.storage.ArchiveName;
import org.regionalpacs.storage.BlobStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Lists second copies. A process that was killed between a copy and its record leaves one in the
 * catalogue of its host; if a consumer of another host, or one that ran all the time, took its
 * records over, that made another. Listed, it goes when its object is deleted, and operators see
 * it.
 */
@Component
class StrayCopies implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(StrayCopies.class);

  /** By then the records of a dead process are somebody's, and done. */
  private static final Duration FIRST = Duration.ofMinutes(10);

  private static final Duration BETWEEN = Duration.ofHours(1);
  private static final int AT_ONCE = 1_000;

  private final Optional<ArchiveCatalogue> catalogue;
  private final BlobStore archive;
  private final KnownPlaces known;
  private final PossibleOrphans orphans;
  private Optional<Thread> thread = Optional.empty();

  StrayCopies(
      ObjectProvider<ArchiveCatalogue> catalogue,
      BlobStore archive,
      KnownPlaces known,
      PossibleOrphans orphans) {
    this.catalogue = archive.keepsNames() ? Optional.empty() : catalogue.stream().findFirst();
    this.archive = archive;
    this.known = known;
    this.orphans = orphans;
  }

  @Override
  public synchronized void start() {
    if (catalogue.isPresent() && !isRunning()) {
      thread = Optional.of(Thread.ofPlatform().daemon().name("stray-copies").start(this::watch));
    }
  }

  private void watch() {
    try {
      Thread.sleep(FIRST);
      while (true) {
        look();
        Thread.sleep(BETWEEN);
      }
    } catch (InterruptedException e) {
      LOG.debug("No more looks for second copies");
    }
  }

  private void look() {
    try {
      list();
    } catch (IOException | RuntimeException e) {
      LOG.warn("Second copies in the archive aren't looked for now: {}", e.toString());
    }
  }

  /**
   * Lists those among the latest entries of the catalogue.
   *
   * @return how many
   */
  int list() throws IOException {
    int listed = 0;
    List<Copy> some = new ArrayList<>();
    try (Stream<ArchiveCatalogue.Entry> latest = catalogue.orElseThrow().latest(archive.name())) {
      for (ArchiveCatalogue.Entry each : (Iterable<ArchiveCatalogue.Entry>) latest::iterator) {
        some.add(new Copy(each.tenant(), each.receptionId(), archive.name(), each.blobId()));
        if (some.size() == AT_ONCE) {
          listed += list(some);
          some.clear();
        }
      }
    }
    return listed + list(some);
  }

  private int list(List<Copy> copies) throws IOException {
    int listed = 0;
    for (Copy stray : known.secondCopies(copies)) {
      Optional<Long> size = archive.stat(stray.blobId()).map(BlobStore.StoredBlob::size);
      if (size.isPresent()) {
        orphans.add(orphan(stray, size.get()));
        listed++;
      }
    }
    return listed;
  }

  private PossibleOrphan orphan(Copy stray, long size) throws IOException {
    // What is behind the object says which it is.
    ArchiveManifest manifest =
        ArchiveManifest.read(
            new ArchiveName(stray.tenant(), "", "", "", stray.receptionId())
                .readManifest(archive, stray.blobId()));
    ArchiveName name =
        new ArchiveName(
            manifest.tenant(),
            manifest.study(),
            manifest.series(),
            manifest.sopInstance(),
            manifest.receptionId());
    return new PossibleOrphan(
        UUID.randomUUID(),
        Instant.now().truncatedTo(ChronoUnit.MILLIS),
        stray.store(),
        "",
        name.object(),
        size,
        size,
        OptionalLong.empty(),
        Optional.of(stray.blobId()),
        "a second copy: the process that made it ended before it was recorded");
  }

  @Override
  public synchronized void stop() {
    thread.ifPresent(Thread::interrupt);
  }

  @Override
  public synchronized boolean isRunning() {
    return thread.filter(Thread::isAlive).isPresent();
  }
}
