package org.regionalpacs.storage.chunked;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.regionalpacs.storage.BlobCorruptException;
import org.regionalpacs.storage.BlobStore;

/** Manifests of a store; those read last are kept in the heap. */
final class Manifests {
  private static final int KEPT = 64;
  private static final int LONGEST = 64 * 1024 * 1024;

  private final BlobStore store;
  private final Map<String, Manifest> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Manifest> eldest) {
          return size() > KEPT;
        }
      };

  Manifests(BlobStore store) {
    this.store = store;
  }

  /** One that was read before; the blob may be deleted since. */
  Optional<Manifest> kept(String id) {
    synchronized (kept) {
      return Optional.ofNullable(kept.get(id));
    }
  }

  void forget(String id) {
    synchronized (kept) {
      kept.remove(id);
    }
  }

  /** Reads one from the store. */
  Manifest read(String id) throws IOException {
    byte[] text;
    try (InputStream in = store.get(id, 0, -1)) {
      text = in.readNBytes(LONGEST);
    }
    Manifest manifest;
    try {
      manifest = Manifest.parse(text);
    } catch (IOException e) {
      throw new BlobCorruptException(store.name(), id, e.getMessage());
    }
    synchronized (kept) {
      kept.put(id, manifest);
    }
    return manifest;
  }
}
