package org.regionalpacs.metadata;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.storage.BlobStore;

/**
 * What an older document of the series says of instances that haven't changed since. It is read
 * once, from front to back, as the newer one is written.
 */
final class OlderDocument implements AutoCloseable {
  private static final int BUFFER = 32 * 1024;

  private final Map<UUID, DocumentIndex.Entry> usable = new HashMap<>();
  private final Map<UUID, byte[]> layouts = new HashMap<>();
  private final InputStream json;
  private final String from;
  private final String to;
  private long position;

  private OlderDocument(
      InputStream json, DocumentIndex index, List<IndexedFrames> frames, String from, String to) {
    this.json = json;
    this.from = from;
    this.to = to;
    index.entries().stream()
        .filter(DocumentIndex.Entry::lasting)
        .forEach(entry -> usable.put(entry.receptionId(), entry));
    frames.forEach(instance -> layouts.put(instance.receptionId(), instance.layout()));
    usable.keySet().retainAll(layouts.keySet());
  }

  /** There is none. */
  static OlderDocument none() {
    return new OlderDocument(
        InputStream.nullInputStream(), new DocumentIndex(List.of()), List.of(), "", "");
  }

  /**
   * Opens a kept document.
   *
   * @param baseUrl what the bulk data URIs of its texts shall start with
   */
  static OlderDocument open(BlobStore store, KeptDocument kept, String baseUrl) throws IOException {
    List<IndexedFrames> frames = StoredFrameIndex.read(store, kept);
    DocumentIndex index;
    try (InputStream in = store.get(kept.blobId(), kept.size() + kept.framesSize(), -1)) {
      index = DocumentIndex.readFrom(in);
    }
    InputStream blob = store.get(kept.blobId(), 0, kept.size());
    try {
      return new OlderDocument(
          new GZIPInputStream(blob, BUFFER), index, frames, kept.baseUrl(), baseUrl);
    } catch (IOException e) {
      blob.close();
      throw e;
    }
  }

  /**
   * Prepares to be read in the order of these instances, and forgets what can't be.
   *
   * @return those whose files have to be read
   */
  List<InstanceObject> prepareFor(List<InstanceObject> instances) {
    long reached = 0;
    Map<UUID, DocumentIndex.Entry> inOrder = new HashMap<>();
    for (InstanceObject instance : instances) {
      DocumentIndex.Entry entry = usable.get(instance.receptionId());
      if (entry != null && entry.offset() >= reached) {
        inOrder.put(instance.receptionId(), entry);
        reached = entry.offset() + entry.length();
      }
    }
    usable.keySet().retainAll(inOrder.keySet());
    return instances.stream().filter(instance -> !has(instance)).toList();
  }

  boolean has(InstanceObject instance) {
    return usable.containsKey(instance.receptionId());
  }

  /**
   * The text of an instance.
   *
   * @throws Unusable when the older document can't be read after all
   */
  InstanceText text(InstanceObject instance) throws Unusable {
    DocumentIndex.Entry entry = usable.get(instance.receptionId());
    try {
      json.skipNBytes(entry.offset() - position);
      byte[] text = json.readNBytes(entry.length());
      if (text.length < entry.length()) {
        throw new EOFException("the older document ends early");
      }
      position = entry.offset() + entry.length();
      return new InstanceText(withBase(text), true, layouts.get(instance.receptionId()));
    } catch (IOException e) {
      throw new Unusable(e);
    }
  }

  private byte[] withBase(byte[] text) throws IOException {
    if (from.equals(to)) {
      return text;
    }
    try (InputStream in = BulkDataPrefix.replace(new ByteArrayInputStream(text), from, to)) {
      return in.readAllBytes();
    }
  }

  @Override
  public void close() {
    try {
      json.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The older document can't be read; build without it. */
  static final class Unusable extends IOException {
    private static final long serialVersionUID = 1L;

    Unusable(IOException cause) {
      super(cause);
    }
  }
}
