package org.regionalpacs.storage.cached;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;

/**
 * What this process has read a moment ago, in its heap: the frame that a whole team opens, and the
 * object whose header was wanted before its pixels. It has the values of Redis under the same keys,
 * is as bounded, and holds whether Redis is there or not.
 *
 * <p>Other processes' deletions don't reach it; nobody asks for what the index says is deleted, and
 * {@link #STAY} ends it.
 */
final class NearCache {
  /** How long a value stays; long enough for those who open a study together. */
  static final Duration STAY = Duration.ofMinutes(1);

  /** Longer than anybody loads what he began to load before it was deleted. */
  private static final Duration MARK = Duration.ofMinutes(10);

  private static final int MARKS = 20_000;

  private final Cache<CacheKey, HeldBytes> values;
  private final Cache<CacheKey, Boolean> gone;

  /**
   * @param bytes of all values together, at most
   * @param ticker the time
   */
  NearCache(long bytes, Ticker ticker) {
    this.values =
        Caffeine.newBuilder()
            .maximumWeight(bytes)
            .weigher((CacheKey _, HeldBytes held) -> held.value().length)
            .expireAfterWrite(STAY)
            .ticker(ticker)
            // What nobody asks for any more goes too.
            .scheduler(Scheduler.systemScheduler())
            .executor(Runnable::run)
            .build();
    this.gone =
        Caffeine.newBuilder()
            .maximumSize(MARKS)
            .expireAfterWrite(MARK)
            .ticker(ticker)
            .executor(Runnable::run)
            .build();
  }

  /** A value, retained for who asks. */
  Optional<HeldBytes> find(CacheKey key) {
    return Optional.ofNullable(values.getIfPresent(key))
        .filter(_ -> !isGone(key))
        .filter(HeldBytes::retain);
  }

  /** Keeps a value for a while, unless it was deleted. */
  void keep(CacheKey key, HeldBytes value) {
    if (!isGone(key)) {
      values.put(key, value);
    }
    // Deleted in between: nobody finds it, but its bytes needn't stay.
    if (isGone(key)) {
      values.invalidate(key);
    }
  }

  /** Removes all parts of what was deleted, also those that are being loaded now. */
  void forget(CacheKey owner) {
    gone.put(owner, true);
    values.asMap().keySet().removeIf(key -> key.owner().equals(owner));
  }

  private boolean isGone(CacheKey key) {
    return gone.getIfPresent(key.owner()) != null;
  }

  /** Bytes that are held. */
  long bytes() {
    return values.policy().eviction().orElseThrow().weightedSize().orElse(0);
  }
}
