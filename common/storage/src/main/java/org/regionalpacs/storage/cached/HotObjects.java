package org.regionalpacs.storage.cached;

import java.util.Optional;
import java.util.function.Consumer;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.storage.StoredObjects;
import org.regionalpacs.storage.cached.CacheKey.Kind;

/**
 * Opens objects for readers who may come again: this host's online file, else what Redis has of
 * them, else the archive. Who reads much once reads {@link StoredObjects}.
 */
public final class HotObjects {
  private final StoredObjects objects;
  private final Optional<HotCache> cache;

  HotObjects(StoredObjects objects, Optional<HotCache> cache) {
    this.objects = objects;
    this.cache = cache;
  }

  /**
   * The file of an instance.
   *
   * @param from is told where each range comes from: {@code online}, {@link HotCache#NAME} or the
   *     name of a blob store
   */
  public ByteSource open(InstanceObject instance, Consumer<String> from) {
    if (cache.isEmpty()) {
      return objects.open(instance.locations(), from);
    }
    return objects.open(
        instance.locations(),
        from,
        (store, id, offset, length, told) ->
            new CachedBlobStore(store, cache.get(), instance.tenant(), Kind.BYTES, told)
                .get(id, offset, length));
  }

  /** What may be remembered of an instance that is far away; empty when it is on this host. */
  public Optional<HotCache> cacheFor(InstanceObject instance) {
    return cache.filter(_ -> !objects.onThisHost(instance.locations()));
  }
}
