package org.regionalpacs.storage.chunked;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.regionalpacs.storage.BlobCorruptException;
import org.regionalpacs.storage.BlobMissingException;
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

  /** Of a blob that is there. Where the store chooses ids, what an id stands for never changes. */
  Manifest current(String id) throws IOException {
    Optional<Manifest> known = store.keepsNames() ? Optional.empty() : known(id);
    return known.isPresent() ? known.get() : read(id);
  }

  /** One whose small blob is gone: it stands for the blob as long as all blocks are there. */
  Optional<Manifest> stillWhole(String id) throws IOException {
    Optional<Manifest> listed = listed(id);
    if (listed.isPresent()) {
      for (Block block : listed.get().blocks()) {
        if (store.stat(block.id()).isEmpty()) {
          return Optional.empty();
        }
      }
    }
    return listed;
  }

  /** The blocks of a blob that is to be deleted, as far as anybody knows them. */
  List<Block> lastOf(String id) throws IOException {
    try {
      return read(id).blocks();
    } catch (BlobMissingException e) {
      return listed(id).map(Manifest::blocks).orElse(List.of());
    } catch (BlobCorruptException e) {
      return listed(id).orElseThrow(() -> e).blocks();
    }
  }
}
