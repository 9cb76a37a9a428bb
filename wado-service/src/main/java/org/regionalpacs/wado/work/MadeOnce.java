package org.regionalpacs.wado.work;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.coyote.CloseNowException;
import org.regionalpacs.storage.cached.CacheKey;
import org.regionalpacs.storage.cached.HotCache;
import org.regionalpacs.wado.web.RequestLog;
import org.regionalpacs.wado.web.UnavailableException;

/**
 * What was made before, in Redis, and what is being made just now: what many want at once is made
 * once, unless it turns out to be large. Thread-safe.
 */
public final class MadeOnce {
  private static final String LATE = "Others wait for the same already; ask again later.";

  private final Optional<HotCache> cache;
  private final int longest;
  private final Duration wait;
  private final ConcurrentHashMap<CacheKey, CompletableFuture<Optional<byte[]>>> flights =
      new ConcurrentHashMap<>();

  /**
   * @param longest most bytes of what is kept and shared; 0 keeps and shares nothing
   * @param wait how long to wait for what another makes
   */
  public MadeOnce(Optional<HotCache> cache, int longest, Duration wait) {
    this.cache = cache;
    this.longest = longest;
    this.wait = wait;
  }

  /** Makes it. */
  @FunctionalInterface
  public interface Maker {
    Made make() throws IOException;
  }

  /**
   * From Redis, else made, by one for all who want it now. When the client of that one goes, it is
   * another's turn.
   *
   * @param key a name that never stands for something else later
   * @param log is told when it comes from there
   * @throws UnavailableException when another is making it and takes too long
   * @throws IOException as the maker; or when the client has gone
   */
  public Made of(CacheKey key, RequestLog log, Waiting waiting, Maker maker) throws IOException {
    Optional<Made> found = found(key, log);
    return found.isPresent() ? found.get() : shared(key, waiting, maker);
  }

  /**
   * From Redis.
   *
   * @param log is told when it comes from there
   */
  public Optional<Made> found(CacheKey key, RequestLog log) {
    if (longest == 0) {
      return Optional.empty();
    }
    Optional<byte[]> found = cache.flatMap(kept -> kept.find(key, longest));
    found.ifPresent(_ -> log.servedFrom(HotCache.NAME));
    return found.map(Made::of);
  }

  /**
   * Made, by one for all who want it now; see {@link #of}.
   *
   * @throws UnavailableException when another is making it and takes too long
   * @throws IOException as the maker; or when the client has gone
   */
  public Made shared(CacheKey key, Waiting waiting, Maker maker) throws IOException {
    if (longest == 0) {
      return maker.make();
    }
    while (true) {
      CompletableFuture<Optional<byte[]>> mine = new CompletableFuture<>();
      CompletableFuture<Optional<byte[]>> other = flights.putIfAbsent(key, mine);
      if (other == null) {
        return make(key, mine, maker);
      }
      try {
        Optional<byte[]> shared = waiting.await(other, wait, LATE);
        return shared.isPresent() ? Made.of(shared.get()) : maker.make();
      } catch (ExecutionException e) {
        rethrowUnlessGone(e.getCause());
      }
    }
  }

  private Made make(CacheKey key, CompletableFuture<Optional<byte[]>> mine, Maker maker)
      throws IOException {
    try {
      Made made = maker.make();
      Optional<byte[]> small = made.bytes().filter(bytes -> bytes.length <= longest);
      small.ifPresent(bytes -> cache.ifPresent(kept -> kept.keep(key, bytes)));
      mine.complete(small);
      return made;
    } catch (Throwable t) {
      mine.completeExceptionally(t);
      throw t;
    } finally {
      flights.remove(key, mine);
    }
  }

  /** It was another's client who went, not this one's. */
  private static void rethrowUnlessGone(Throwable failure) throws IOException {
    switch (failure) {
      case ClientAbortException _, CloseNowException _ -> {}
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      default -> throw new IllegalStateException(failure);
    }
  }
}
