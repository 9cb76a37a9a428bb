package org.regionalpacs.storage.cached;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.index.ObjectLocation;
import org.regionalpacs.storage.StoredObjects;
import org.regionalpacs.storage.cached.CacheKey.Kind;

/**
 * Opens objects for readers who may come again: this host's online file, else what Redis has of
 * them, else the archive. Who reads much once reads {@link StoredObjects}.
 */
public final class HotObjects {
  private static final int SMALL = 1024 * 1024;

  private final StoredObjects objects;
  private final Optional<HotCache> cache;

  HotObjects(StoredObjects objects, Optional<HotCache> cache) {
    this.objects = objects;
    this.cache = cache;
  }

  /**
   * The file of an instance.
   *
   * @param from is told where each range comes from: {@code online}, {@link HotCache#MEMORY},
   *     {@link HotCache#NAME} or the name of a blob store
   */
  public ByteSource open(InstanceObject instance, Consumer<String> from) {
    return cache.isEmpty()
        ? objects.open(instance.locations(), from)
        : objects.open(
            instance.locations(),
            from,
            (store, place, offset, length, told) ->
                open(
                    new CachedBlobStore(store, cache.get(), instance.tenant(), Kind.BYTES, told),
                    place,
                    offset,
                    length));
  }

  /**
   * A small object is taken in one piece, as who wants its header wants its frame next: a transfer
   * more would take longer than these bytes do.
   */
  private InputStream open(CachedBlobStore store, ObjectLocation place, long offset, long length)
      throws IOException {
    return place.length() <= SMALL && length > 0 && cache.orElseThrow().remembers()
        ? store.get(place.blobId(), place.offset(), place.length(), offset, length)
        : store.get(place.blobId(), place.offset() + offset, length);
  }

  /** Whether all of it is near once any of it was read from far away. */
  public static boolean inOnePiece(InstanceObject instance) {
    return instance.size() <= SMALL;
  }

  /** What may be remembered of an instance that is far away; empty when it is on this host. */
  public Optional<HotCache> cacheFor(InstanceObject instance) {
    return cache.filter(_ -> !objects.onThisHost(instance.locations()));
  }
}
