package org.regionalpacs.storage.chunked;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.regionalpacs.storage.BlobCorruptException;
import org.regionalpacs.storage.BlobStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Manifests of a store; those read last are kept in the heap. They are in the store and in lists
 * elsewhere: what one of them has lost the other still has.
 */
final class Manifests {
  private static final int KEPT = 64;
  private static final int LONGEST = 64 * 1024 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(Manifests.class);

  private final BlobStore store;
  private final BlockListSource lists;
  private final Map<String, Manifest> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Manifest> eldest) {
          return size() > KEPT;
        }
      };

  Manifests(BlobStore store, BlockListSource lists) {
    this.store = store;
    this.lists = lists;
  }

  /** One that was read before, or is listed elsewhere; the blob may be deleted since. */
  Optional<Manifest> known(String id) {
    Optional<Manifest> before;
    synchronized (kept) {
      before = Optional.ofNullable(kept.get(id));
    }
    if (before.isPresent()) {
      return before;
    }
    Optional<Manifest> listed = listed(id);
    listed.ifPresent(manifest -> keep(id, manifest));
    return listed;
  }

  /** One that is listed elsewhere. */
  Optional<Manifest> listed(String id) {
    try {
      Optional<String> text = lists.find(id);
      return text.isPresent()
          ? Optional.of(Manifest.parse(text.get().getBytes(StandardCharsets.US_ASCII)))
          : Optional.empty();
    } catch (IOException e) {
      LOG.warn("The list of blocks of {} in {} can't be read: {}", id, store.name(), e.toString());
      return Optional.empty();
    }
  }

  void keep(String id, Manifest manifest) {
    synchronized (kept) {
      kept.put(id, manifest);
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
    keep(id, manifest);
    return manifest;
  }
}
