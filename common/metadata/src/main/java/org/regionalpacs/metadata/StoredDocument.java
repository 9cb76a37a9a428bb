package org.regionalpacs.metadata;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;
import org.regionalpacs.storage.BlobMissingException;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.storage.BlobUnreachableHereException;

/** A document read from the derived store, with the bulk data URIs its reader needs. */
final class StoredDocument implements SeriesMetadataDocument {
  private static final int BUFFER = 32 * 1024;

  private final BlobStore store;
  private final String baseUrl;
  private final Recovery recovery;
  private volatile KeptDocument kept;

  /** Finds or makes another document when one has vanished from the store. */
  interface Recovery {
    KeptDocument instead(KeptDocument missing) throws IOException;

    /** The same while it is on a host that can't be asked. */
    KeptDocument meanwhile() throws IOException;
  }

  StoredDocument(BlobStore store, KeptDocument kept, String baseUrl, Recovery recovery) {
    this.store = store;
    this.kept = kept;
    this.baseUrl = baseUrl;
    this.recovery = recovery;
  }

  @Override
  public long changeNumber() {
    return kept.changeNumber();
  }

  @Override
  public String etag() {
    return EntityTag.of(Long.toString(kept.changeNumber()), kept.blobId(), baseUrl);
  }

  @Override
  public String gzipEtag() {
    return EntityTag.encoded(etag(), "gzip");
  }

  @Override
  public boolean sameBase() {
    return sameBase(kept);
  }

  @Override
  public OptionalLong gzipLength() {
    KeptDocument current = kept;
    return sameBase(current) ? OptionalLong.of(current.size()) : OptionalLong.empty();
  }

  @Override
  public InputStream gzip() throws IOException {
    Opened opened = open();
    return sameBase(opened.document()) ? opened.stream() : new GzippingInputStream(json(opened));
  }

  @Override
  public InputStream json() throws IOException {
    return json(open());
  }

  @Override
  public boolean writeElementsTo(OutputStream out) throws IOException {
    try (InputStream json = json()) {
      return ArrayElements.copy(json, out);
    }
  }

  private boolean sameBase(KeptDocument document) {
    return document.baseUrl().equals(baseUrl);
  }

  private InputStream json(Opened opened) throws IOException {
    try {
      InputStream json = new GZIPInputStream(opened.stream(), BUFFER);
      return BulkDataPrefix.replace(json, opened.document().baseUrl(), baseUrl);
    } catch (IOException e) {
      opened.stream().close();
      throw e;
    }
  }

  private record Opened(KeptDocument document, InputStream stream) {}

  private Opened open() throws IOException {
    KeptDocument document = kept;
    try {
      return open(document);
    } catch (BlobMissingException e) {
      return open(() -> recovery.instead(document));
    } catch (BlobUnreachableHereException e) {
      return open(recovery::meanwhile);
    }
  }

  private interface Other {
    KeptDocument find() throws IOException;
  }

  private Opened open(Other other) throws IOException {
    KeptDocument found = other.find();
    Opened opened = open(found);
    kept = found;
    return opened;
  }

  private Opened open(KeptDocument document) throws IOException {
    return new Opened(document, store.get(document.blobId(), 0, document.size()));
  }
}
