package org.regionalpacs.wado.retrieve;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.index.ObjectLocation;
import org.regionalpacs.index.OnlinePlaces;
import org.regionalpacs.index.SeriesVersion;
import org.regionalpacs.index.SeriesVersions;
import org.regionalpacs.metadata.FrameIndex;
import org.regionalpacs.metadata.IndexedFrames;
import org.regionalpacs.metadata.SeriesKey;
import org.regionalpacs.metadata.SeriesMetadataService;
import org.regionalpacs.storage.OnlineFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.stereotype.Component;

/**
 * The frame indexes of the series that are read, in the heap. One is used only while its series has
 * the version it was made from, which is looked up for every request; so nothing is served that was
 * deleted or replaced before the request came. Nobody waits for one: until it is there, and where
 * it doesn't help, instances are found one by one.
 */
@Component
public class FrameIndexes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FrameIndexes.class);
  private static final Duration LONGEST_LOOKUP = Duration.ofSeconds(30);

  private static final int AT_ONCE = 2;
  private static final int WAITING = 256;

  private final SeriesMetadataService metadata;
  private final SeriesVersions versions;
  private final OnlinePlaces places;
  private final OnlineFiles online;
  private final SharedLookups<SeriesKey, Optional<SeriesVersion>> lookups;
  private final Cache<SeriesKey, IndexedSeries> indexes;
  private volatile boolean failing;
  private final long room;

  private final SeriesTurns turns = new SeriesTurns(Ticker.systemTicker());

  private final ThreadPoolExecutor loading =
      new ThreadPoolExecutor(
          AT_ONCE,
          AT_ONCE,
          10,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING),
          Thread.ofPlatform().daemon().name("frame-index-", 0).factory(),
          new ThreadPoolExecutor.DiscardPolicy());

  FrameIndexes(
      SeriesMetadataService metadata,
      SeriesVersions versions,
      OnlinePlaces places,
      OnlineFiles online,
      RetrieveProperties properties) {
    this.metadata = metadata;
    this.versions = versions;
    this.places = places;
    this.online = online;
    this.lookups = new SharedLookups<>(this::version, LONGEST_LOOKUP);
    this.room = properties.frameIndexMemory().toBytes();
    this.indexes =
        Caffeine.newBuilder()
            .maximumWeight(room)
            .weigher((SeriesKey _, IndexedSeries series) -> series.weight())
            .build();
    loading.allowCoreThreadTimeOut(true);
  }

  private Optional<SeriesVersion> version(SeriesKey key) {
    return versions.now(key.tenant(), key.study(), key.series());
  }

  /**
   * Has the index of a series loaded, and made where there is none, if it isn't here yet: soon, for
   * who comes later. Doesn't wait; when too many are to be loaded already, nothing happens.
   */
  public void warm(String tenant, String study, String series) {
    SeriesKey key = new SeriesKey(tenant, study, series);
    if (room > 0 && indexes.getIfPresent(key) == null && turns.take(key)) {
      loading.execute(() -> load(key));
    }
  }

  /** Whether the index of a series is here, be it that of the present version or not. */
  public boolean holds(String tenant, String study, String series) {
    return indexes.getIfPresent(new SeriesKey(tenant, study, series)) != null;
  }

  /** The index of a series as the series is now; empty when there is none here. */
  Optional<IndexedSeries> present(SeriesKey key) {
    // Taken before the look-up: what it shows can't be newer than what is looked up.
    IndexedSeries known = indexes.getIfPresent(key);
    if (known == null) {
      return Optional.empty();
    }
    Optional<SeriesVersion> now = lookups.now(key);
    if (now.filter(known.version()::equals).isPresent()) {
      return Optional.of(known);
    }
    indexes.asMap().remove(key, known);
    return Optional.empty();
  }

  /**
   * An instance was found without its index: from now on it is to be found by it, where that can
   * be.
   */
  void found(InstanceObject instance) {
    IndexedSeries known =
        indexes.getIfPresent(new SeriesKey(instance.tenant(), instance.study(), instance.series()));
    if (known == null) {
      warm(instance.tenant(), instance.study(), instance.series());
      return;
    }
    instance.locations().stream()
        .filter(ObjectLocation::online)
        .flatMap(place -> file(place).stream())
        .forEach(file -> known.found(instance, file));
  }

  private void load(SeriesKey key) {
    long begin = System.nanoTime();
    try {
      Optional<SeriesVersion> version = version(key);
      Optional<FrameIndex> index = version.isEmpty() ? Optional.empty() : metadata.frames(key);
      turns.took(key, System.nanoTime() - begin);
      index
          .filter(made -> made.changeNumber() == version.orElseThrow().changeNumber())
          .map(made -> new IndexedSeries(version.orElseThrow(), made, files(key, made)))
          .ifPresent(series -> keep(key, series));
      failing = false;
    } catch (IOException | RuntimeException e) {
      // Said once, until one is loaded again: it is tried for every series that is read.
      LOG.atLevel(failing ? Level.DEBUG : Level.WARN)
          .log(
              "No frame index, instances are found one by one: tenant={} study={} series={}: {}",
              key.tenant(),
              key.study(),
              key.series(),
              e.toString());
      failing = true;
    }
  }

  private void keep(SeriesKey key, IndexedSeries series) {
    if (series.weight() <= room) {
      indexes.put(key, series);
    } else {
      turns.tooLarge(key);
    }
  }

  private Map<UUID, OnlineFile> files(SeriesKey key, FrameIndex index) {
    Map<UUID, OnlineFile> files = new HashMap<>();
    places
        .of(key.tenant(), index.instances().stream().map(IndexedFrames::receptionId).toList())
        .forEach((reception, place) -> file(place).ifPresent(file -> files.put(reception, file)));
    return files;
  }

  /** The file of a place on this host; empty when it is another's. */
  private Optional<OnlineFile> file(ObjectLocation place) {
    try {
      return online
          .resolve(place.node(), place.blobId())
          .map(path -> new OnlineFile(path, place.length()));
    } catch (IOException | IllegalArgumentException _) {
      // What is wrong with it is said by who reads it by its place.
      return Optional.empty();
    }
  }

  /** Ends what is being loaded. */
  @Override
  public void close() {
    loading.shutdownNow();
  }
}
