package org.regionalpacs.storage.cached;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.storage.cached.CacheKey.Kind;

/**
 * A store whose ranges of known, not too great length are read by a {@link HotCache}; a hit doesn't
 * ask the store. All else goes to the store: writing doesn't fill the cache, {@link #digest} reads
 * what is really kept, and {@link #delete} removes from the cache too.
 */
final class CachedBlobStore implements BlobStore {
  private final BlobStore store;
  private final HotCache cache;
  private final String tenant;
  private final Kind kind;
  private final Consumer<String> told;

  /**
   * @param told is told where each range comes from, {@link HotCache#MEMORY}, {@link HotCache#NAME}
   *     or the store's name
   */
  CachedBlobStore(
      BlobStore store, HotCache cache, String tenant, Kind kind, Consumer<String> told) {
    this.store = store;
    this.cache = cache;
    this.tenant = tenant;
    this.kind = kind;
    this.told = told;
  }

  @Override
  public String name() {
    return store.name();
  }

  @Override
  public String nameHere(String name) throws IOException {
    return store.nameHere(name);
  }

  @Override
  public boolean keepsNames() {
    return store.keepsNames();
  }

  @Override
  public StoredBlob put(String name, InputStream content, long length) throws IOException {
    return store.put(name, content, length);
  }

  @Override
  public StoredBlob putFile(String name, Path file) throws IOException {
    return store.putFile(name, file);
  }

  @Override
  public StoredBlob putFile(String name, Path file, byte[] tail) throws IOException {
    return store.putFile(name, file, tail);
  }

  @Override
  public StoredBlob putBytes(String name, byte[] bytes, int length) throws IOException {
    return store.putBytes(name, bytes, length);
  }

  @Override
  public InputStream get(String id, long offset, long length) throws IOException {
    return get(id, offset, length, 0, length);
  }

  /**
   * Opens a part of a range that is cached as a whole.
   *
   * @param offset of the range in the blob
   * @param length of the range
   * @param from first byte in the range
   * @param count how many, all of them in the range
   */
  InputStream get(String id, long offset, long length, long from, long count) throws IOException {
    Optional<Found> found =
        cache.open(key(id).range(offset, length), length, () -> store.get(id, offset, length));
    if (found.isPresent()) {
      told.accept(found.get().told(store.name()));
      return found.get().bytes().open((int) from, (int) count);
    }
    InputStream in = store.get(id, offset + from, count);
    told.accept(store.name());
    return in;
  }

  @Override
  public Optional<StoredBlob> stat(String id) throws IOException {
    return store.stat(id);
  }

  @Override
  public void delete(String id) throws IOException {
    try {
      store.delete(id);
    } finally {
      cache.forget(key(id));
    }
  }

  @Override
  public String digest(String id) throws IOException {
    return store.digest(id);
  }

  @Override
  public Optional<String> blockList(String id) throws IOException {
    return store.blockList(id);
  }

  private CacheKey key(String id) {
    return CacheKey.blob(tenant, kind, store.name(), id);
  }

  @Override
  public String toString() {
    return "CachedBlobStore[" + store + "]";
  }
}
