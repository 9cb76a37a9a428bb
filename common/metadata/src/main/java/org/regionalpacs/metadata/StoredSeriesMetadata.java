package org.regionalpacs.metadata;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.index.InstanceObjects;
import org.regionalpacs.metadata.FrameIndexBytes.CorruptException;
import org.regionalpacs.storage.BlobMissingException;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.storage.BlobUnreachableHereException;
import org.regionalpacs.storage.cached.SingleFlight;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves documents from the derived store and builds those that are missing there or stale. */
final class StoredSeriesMetadata implements SeriesMetadataService {
  private static final Logger LOG = LoggerFactory.getLogger(StoredSeriesMetadata.class);

  /** A series that grows faster than its document is built is served as it was a moment ago. */
  private static final int MAX_ATTEMPTS = 3;

  private static final int MEANWHILE = 1_000;

  /** Shorter than blobs on record as discarded are kept, which these are from their beginning. */
  private static final Duration MEANWHILE_KEPT = Duration.ofMinutes(10);

  private final KeptDocuments documents;
  private final InstanceObjects instances;
  private final Function<String, BlobStore> stores;
  private final Builds builds;
  private final MetadataProperties properties;
  private final SingleFlight<SeriesKey, Optional<KeptDocument>> flights;

  /** Made here while the documents of their series are on hosts that can't be asked. */
  private final Cache<SeriesKey, KeptDocument> meanwhile =
      Caffeine.newBuilder().maximumSize(MEANWHILE).expireAfterWrite(MEANWHILE_KEPT).build();

  private final SingleFlight<SeriesKey, KeptDocument> meanwhileFlights;

  /**
   * @param stores by tenant, what its documents are read by
   */
  StoredSeriesMetadata(
      KeptDocuments documents,
      InstanceObjects instances,
      Function<String, BlobStore> stores,
      Builds builds,
      MetadataProperties properties) {
    this.documents = documents;
    this.instances = instances;
    this.stores = stores;
    this.builds = builds;
    this.properties = properties;
    this.flights = new SingleFlight<>(properties.buildWait().multipliedBy(2));
    this.meanwhileFlights = new SingleFlight<>(properties.buildWait().multipliedBy(2));
  }

  @Override
  public Optional<SeriesMetadataDocument> open(
      String tenant, String study, String series, String baseUrl) throws IOException {
    SeriesKey key = new SeriesKey(tenant, study, series);
    return newest(key, "").map(kept -> document(key, kept, baseUrl));
  }

  @Override
  public List<SeriesMetadataDocument> openAll(String tenant, String study, String baseUrl)
      throws IOException {
    List<SeriesMetadataDocument> all = new ArrayList<>();
    for (Map.Entry<SeriesKey, SeriesState> each : documents.states(tenant, study).entrySet()) {
      SeriesKey key = each.getKey();
      Optional<KeptDocument> servable = servable(each.getValue(), "");
      Optional<KeptDocument> kept = servable.isPresent() ? servable : newest(key, "");
      kept.ifPresent(one -> all.add(document(key, one, baseUrl)));
    }
    return all;
  }

  private SeriesMetadataDocument document(SeriesKey series, KeptDocument kept, String baseUrl) {
    BlobStore store = stores.apply(series.tenant());
    return new StoredDocument(
        store,
        kept,
        baseUrl,
        new StoredDocument.Recovery() {
          @Override
          public KeptDocument instead(KeptDocument missing) throws IOException {
            return StoredSeriesMetadata.this.instead(series, missing);
          }

          @Override
          public KeptDocument meanwhile() throws IOException {
            return StoredSeriesMetadata.this.meanwhile(series);
          }
        });
  }

  @Override
  public Optional<FrameIndex> frames(SeriesKey series) throws IOException {
    Optional<KeptDocument> kept = newest(series, "");
    try {
      return kept.isEmpty() ? Optional.empty() : Optional.of(frames(series, kept.get()));
    } catch (BlobMissingException | CorruptException e) {
      String unusable = kept.orElseThrow().blobId();
      LOG.warn("The frame index in {} can't be used and is made anew: {}", unusable, e.toString());
      Optional<KeptDocument> other = newest(series, unusable);
      return other.isEmpty() ? Optional.empty() : Optional.of(frames(series, other.get()));
    } catch (BlobUnreachableHereException e) {
      return Optional.of(frames(series, meanwhile(series)));
    }
  }

  private FrameIndex frames(SeriesKey series, KeptDocument kept) throws IOException {
    return new FrameIndex(
        kept.changeNumber(), StoredFrameIndex.read(stores.apply(series.tenant()), kept));
  }

  @Override
  public Generated generate(SeriesKey series) throws IOException {
    Optional<SeriesState> state = documents.state(series);
    if (state.isEmpty()) {
      return Generated.NO_SERIES;
    }
    long changeNumber = state.get().changeNumber();
    if (state.get().current().filter(KeptDocument::complete).isPresent()) {
      documents.markDone(series, changeNumber);
      return Generated.UP_TO_DATE;
    }
    Optional<KeptDocument> built = once(series, () -> build(series, state.get()));
    if (built.isEmpty()) {
      documents.markDone(series, changeNumber);
      return Generated.NO_SERIES;
    }
    return built.get().complete() ? Generated.BUILT : Generated.INCOMPLETE;
  }

  /** The newest document there is, or can be built, except the one that vanished. */
  private Optional<KeptDocument> newest(SeriesKey series, String vanished) throws IOException {
    Optional<KeptDocument> newest = Optional.empty();
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      Optional<SeriesState> state = documents.state(series);
      if (state.isEmpty()) {
        return Optional.empty();
      }
      Optional<KeptDocument> servable = servable(state.get(), vanished);
      if (servable.isPresent()) {
        return servable;
      }
      newest = once(series, () -> buildUnlessDone(series, vanished));
      // The flight may have been another's that began before the series' last change.
      if (newest.isEmpty() || newest.get().changeNumber() >= state.get().changeNumber()) {
        return newest;
      }
    }
    return newest;
  }

  private Optional<KeptDocument> once(
      SeriesKey series, SingleFlight.Work<Optional<KeptDocument>> build) throws IOException {
    try {
      return flights.run(series, build);
    } catch (SingleFlight.TooLongException e) {
      throw new MetadataBusyException("the metadata were not built in time: " + e.getMessage());
    }
  }

  private Optional<KeptDocument> servable(SeriesState state, String vanished) {
    return state
        .servable(properties.retryIncomplete())
        .filter(kept -> !kept.blobId().equals(vanished));
  }

  /** Another's build may have ended between the look at the index and the start of this one. */
  private Optional<KeptDocument> buildUnlessDone(SeriesKey series, String vanished)
      throws IOException {
    Optional<SeriesState> state = documents.state(series);
    if (state.isEmpty()) {
      return Optional.empty();
    }
    Optional<KeptDocument> servable = servable(state.get(), vanished);
    return servable.isPresent() ? servable : build(series, state.get());
  }

  /** The change number is older than the instances, if anything: then it is built once more. */
  private Optional<KeptDocument> build(SeriesKey series, SeriesState state) throws IOException {
    List<InstanceObject> objects =
        instances.ofSeries(series.tenant(), series.study(), series.series());
    if (objects.isEmpty()) {
      return Optional.empty();
    }
    String name = builds.name(series, state.changeNumber());
    documents.begin(series, name);
    Optional<KeptDocument> older = state.kept().filter(KeptDocument::readable);
    KeptDocument built = builds.build(name, state.changeNumber(), objects, older);
    String replaced = state.kept().map(KeptDocument::blobId).orElse("");
    if (documents.keep(series, built, name, replaced)) {
      return Optional.of(built);
    }
    // Another process was faster. Its document is newer, or as new.
    LOG.debug("Built {} in vain", name);
    return documents.state(series).flatMap(SeriesState::kept);
  }

  private KeptDocument instead(SeriesKey series, KeptDocument missing) throws IOException {
    LOG.info(
        "The metadata document {} has vanished from its store; looking for another",
        missing.blobId());
    return newest(series, missing.blobId())
        .orElseThrow(() -> new IOException("the series " + series.series() + " has vanished"));
  }

  /**
   * A document of the series for readers here, beside the one on record, which others can read:
   * that one isn't replaced.
   */
  private KeptDocument meanwhile(SeriesKey series) throws IOException {
    SeriesState state =
        documents
            .state(series)
            .orElseThrow(() -> new IOException("the series " + series.series() + " has vanished"));
    Optional<KeptDocument> known =
        new SeriesState(state.changeNumber(), Optional.ofNullable(meanwhile.getIfPresent(series)))
            .servable(properties.retryIncomplete());
    if (known.isPresent()) {
      return known.get();
    }
    try {
      return meanwhileFlights.run(series, () -> buildMeanwhile(series, state));
    } catch (SingleFlight.TooLongException e) {
      throw new MetadataBusyException("the metadata were not built in time: " + e.getMessage());
    }
  }

  private KeptDocument buildMeanwhile(SeriesKey series, SeriesState state) throws IOException {
    List<InstanceObject> objects =
        instances.ofSeries(series.tenant(), series.study(), series.series());
    if (objects.isEmpty()) {
      throw new IOException("the series " + series.series() + " has vanished");
    }
    String name = builds.name(series, state.changeNumber());
    documents.begin(series, name);
    Optional<KeptDocument> older = Optional.ofNullable(meanwhile.getIfPresent(series));
    KeptDocument built = builds.build(name, state.changeNumber(), objects, older);
    meanwhile.put(series, built);
    LOG.info("The metadata document of a series is on a host that can't be asked; made {}", name);
    return built;
  }
}
