package org.regionalpacs.storage.cached;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.storage.cached.CacheKey.Kind;
import org.regionalpacs.storage.cached.CacheMetrics.Read;
import org.regionalpacs.storage.cached.Found.From;

/**
 * What was read lately from far away: in Redis, and what this process has just read in its heap
 * too. Reading by it gives what reading without it gives, or fails in the same way; a Redis that is
 * down, hangs, is full, was flushed or holds garbage only makes it slower. What many want at once
 * is loaded once. Thread-safe.
 */
public final class HotCache implements AutoCloseable {
  /** What a value that comes from Redis is said to be served from. */
  public static final String NAME = "redis";

  /** What a value that this process still has is said to be served from. */
  public static final String MEMORY = "memory";

  /** Longer than any store takes to fail. */
  private static final Duration LONGEST_LOAD = Duration.ofMinutes(5);

  private final CacheProperties settings;
  private final HeapBudget heap;
  private final RedisValues values;
  private final Optional<NearCache> near;
  private final CacheMetrics metrics;
  private final SingleFlight<CacheKey, Optional<Found>> flights = new SingleFlight<>(LONGEST_LOAD);

  private HotCache(RedisAddress address, CacheProperties settings, MeterRegistry meters) {
    this.settings = settings;
    this.heap = new HeapBudget(settings.heap().toBytes());
    this.near =
        settings.near().toBytes() > 0
            ? Optional.of(new NearCache(settings.near().toBytes(), Ticker.systemTicker()))
            : Optional.empty();
    this.metrics = new CacheMetrics(meters, heap, near);
    this.values = new RedisValues(address, settings, metrics);
  }

  /** Opens it. Redis is connected to in the background. */
  public static HotCache open(
      RedisAddress address, CacheProperties settings, MeterRegistry meters) {
    return new HotCache(address, settings, meters);
  }

  /** Loads bytes from where they are kept. */
  @FunctionalInterface
  interface Loader {
    InputStream open() throws IOException;
  }

  /**
   * A store whose ranges are read by the cache. Its ids must never stand for other content later,
   * as those of {@link CacheKey}.
   *
   * @param tenant whose blobs are read
   */
  public BlobStore over(BlobStore store, String tenant, Kind kind) {
    return new CachedBlobStore(store, this, tenant, kind, _ -> {});
  }

  /** The store of a tenant's metadata documents, as it is where these aren't to be cached. */
  public BlobStore overDocuments(BlobStore store, String tenant) {
    return settings.metadata() ? over(store, tenant, Kind.METADATA) : store;
  }

  /** A small value that was kept. */
  public Optional<byte[]> find(CacheKey key) {
    return find(key, longest());
  }

  /**
   * A small value that was kept.
   *
   * @param most bytes that it has at most, which the heap must have room for
   */
  public Optional<byte[]> find(CacheKey key, int most) {
    Optional<HeldBytes> here = nearby(key);
    if (here.isPresent()) {
      return here.map(HotCache::content);
    }
    int longest = Math.min(most, longest());
    if (!heap.take(longest)) {
      return Optional.empty();
    }
    try {
      Optional<byte[]> found = values.find(key, longest);
      found.ifPresent(value -> remember(key, value));
      return found.map(CacheValue::content);
    } finally {
      heap.give(longest);
    }
  }

  private static byte[] content(HeldBytes held) {
    try {
      return CacheValue.content(held.value());
    } finally {
      held.release();
    }
  }

  private Optional<HeldBytes> nearby(CacheKey key) {
    Optional<HeldBytes> found = near.flatMap(kept -> kept.find(key));
    found.ifPresent(_ -> metrics.read(key.kind(), Read.MEMORY));
    return found;
  }

  private void remember(CacheKey key, byte[] value) {
    near.ifPresent(kept -> kept.keep(key, HeldBytes.unused(value, heap)));
  }

  /** Keeps a small value, unless it is too large. */
  public void keep(CacheKey key, byte[] content) {
    int size = CacheValue.HEADER + content.length;
    if (content.length <= longest() && heap.take(size)) {
      byte[] value = CacheValue.of(key, content);
      remember(key, value);
      values.keep(key, value, () -> heap.give(size));
    }
  }

  /** Removes a value, or all parts of it, for good: it was deleted. */
  public void forget(CacheKey key) {
    CacheKey owner = key.owner();
    near.ifPresent(kept -> kept.forget(owner));
    values.forget(owner);
    flights.leave(loaded -> loaded.owner().equals(owner));
  }

  private int longest() {
    return (int) settings.maxValue().toBytes();
  }

  /** Whether what is read is there again later; only then it is worth to read more than wanted. */
  boolean remembers() {
    return near.isPresent() || values.link().commands().isPresent();
  }

  /**
   * Bytes from the heap or Redis, else loaded, by one for all who want them now, and kept.
   *
   * @return to be opened once; empty when they are too many, or too many are held: then they are to
   *     be read past the cache
   * @throws IOException as the loader
   */
  Optional<Found> open(CacheKey key, long length, Loader loader) throws IOException {
    if (length <= 0 || length > longest()) {
      return Optional.empty();
    }
    Optional<HeldBytes> here = nearby(key);
    if (here.isPresent()) {
      return here.map(bytes -> new Found(bytes, From.MEMORY));
    }
    AtomicBoolean mine = new AtomicBoolean();
    try {
      return flights
          .run(
              key,
              () -> {
                mine.set(true);
                return load(key, (int) length, loader);
              })
          .filter(found -> mine.get() || found.bytes().retain());
    } catch (SingleFlight.TooLongException e) {
      return Optional.empty();
    } catch (InterruptedIOException e) {
      if (mine.get() || Thread.currentThread().isInterrupted()) {
        throw e;
      }
      // It was another reader that was interrupted.
      return Optional.empty();
    }
  }

  private Optional<Found> load(CacheKey key, int length, Loader loader) throws IOException {
    int size = CacheValue.HEADER + length;
    if (!heap.take(size)) {
      return Optional.empty();
    }
    boolean held = false;
    try {
      Optional<byte[]> found = values.find(key, length).filter(value -> value.length == size);
      HeldBytes bytes =
          new HeldBytes(found.isPresent() ? found.get() : read(key, size, loader), heap);
      held = true;
      near.ifPresent(kept -> kept.keep(key, bytes));
      if (found.isEmpty() && bytes.retain()) {
        values.keep(key, bytes.value(), bytes::release);
      }
      return Optional.of(new Found(bytes, found.isPresent() ? From.REDIS : From.STORE));
    } finally {
      if (!held) {
        heap.give(size);
      }
    }
  }

  private static byte[] read(CacheKey key, int size, Loader loader) throws IOException {
    byte[] value = new byte[size];
    try (InputStream in = loader.open()) {
      int wanted = size - CacheValue.HEADER;
      int count = in.readNBytes(value, CacheValue.HEADER, wanted);
      if (count < wanted) {
        throw new EOFException("it has " + count + " of " + wanted + " bytes");
      }
    }
    return CacheValue.seal(key, value);
  }

  /** Bytes that readers hold in the heap. */
  int heldBytes() {
    return heap.held();
  }

  RedisLink link() {
    return values.link();
  }

  RedisState state() {
    return values.state();
  }

  @Override
  public void close() {
    values.close();
  }
}
