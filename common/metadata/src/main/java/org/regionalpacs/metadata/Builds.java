package org.regionalpacs.metadata;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.storage.BlobStore.StoredBlob;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds documents into the derived store, a few at a time. */
final class Builds {
  private static final Logger LOG = LoggerFactory.getLogger(Builds.class);

  private final DocumentBuilder builder;
  private final BlobStore store;
  private final BaseUrls baseUrls;
  private final Turns turns;

  Builds(
      DocumentBuilder builder, BlobStore store, BaseUrls baseUrls, MetadataProperties properties) {
    this.builder = builder;
    this.store = store;
    this.baseUrls = baseUrls;
    this.turns = new Turns(properties.maxBuilds(), properties.buildWait());
  }

  /** What a document that is built here may be called. */
  String name(SeriesKey series, long changeNumber) throws IOException {
    return store.nameHere(BlobNames.next(series, changeNumber));
  }

  /**
   * Builds a document of these instances and stores it.
   *
   * @param name of the blob
   * @param instances of one series, at least one
   * @param older a document of the same series, which spares reading the files it tells of
   * @throws MetadataBusyException when it is no turn of this one in time
   */
  KeptDocument build(
      String name, long changeNumber, List<InstanceObject> instances, Optional<KeptDocument> older)
      throws IOException {
    return turns.run(() -> buildNow(name, changeNumber, instances, older));
  }

  private KeptDocument buildNow(
      String name, long changeNumber, List<InstanceObject> instances, Optional<KeptDocument> older)
      throws IOException {
    String baseUrl = baseUrls.of(instances.getFirst().tenant());
    Path file = Files.createTempFile("series-metadata-", ".json.gz");
    try {
      long start = System.nanoTime();
      DocumentBuilder.Result result = write(instances, older, baseUrl, file);
      StoredBlob blob = store(name, file);
      LOG.debug(
          "Built {}: {} instances, {} files read, {} ms",
          name,
          instances.size(),
          result.read(),
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
      return new KeptDocument(
          changeNumber,
          blob.id(),
          result.size(),
          result.framesSize(),
          baseUrl,
          KeptDocument.FORMAT,
          result.complete(),
          Instant.now().truncatedTo(ChronoUnit.MICROS));
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private DocumentBuilder.Result write(
      List<InstanceObject> instances, Optional<KeptDocument> older, String baseUrl, Path file)
      throws IOException {
    try (OlderDocument known = open(older, baseUrl)) {
      return write(instances, known, baseUrl, file);
    } catch (OlderDocument.Unusable e) {
      LOG.warn("An older metadata document can't be used: {}", e.getMessage());
      return write(instances, OlderDocument.none(), baseUrl, file);
    }
  }

  private DocumentBuilder.Result write(
      List<InstanceObject> instances, OlderDocument older, String baseUrl, Path file)
      throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      return builder.build(instances, older, baseUrl, new CountingOutputStream(out));
    }
  }

  private OlderDocument open(Optional<KeptDocument> older, String baseUrl) {
    if (older.isEmpty()) {
      return OlderDocument.none();
    }
    try {
      return OlderDocument.open(store, older.get(), baseUrl);
    } catch (IOException e) {
      LOG.debug("No use of the older document {}: {}", older.get().blobId(), e.toString());
      return OlderDocument.none();
    }
  }

  private StoredBlob store(String name, Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return store.put(name, in, Files.size(file));
    }
  }
}
