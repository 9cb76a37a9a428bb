package org.regionalpacs.wado.retrieve;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.regionalpacs.metadata.SeriesKey;

/**
 * When the index of a series may be loaded again. A series that is arriving changes all the time,
 * and isn't indexed anew for every frame that is asked for.
 */
final class SeriesTurns {
  private static final Duration REST = Duration.ofMillis(500);

  /** So many times as long as an index took, its series rests: most of the time goes to others. */
  private static final int REST_FACTOR = 10;

  /** How long an index is left alone that there is no room for; and the longest rest of any. */
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private static final int REMEMBERED = 10_000;

  private final Ticker clock;

  /** Times of the clock, for series whose indexes were loaded lately, or are being. */
  private final Cache<SeriesKey, Long> notBefore;

  SeriesTurns(Ticker clock) {
    this.clock = clock;
    this.notBefore =
        Caffeine.newBuilder()
            .ticker(clock)
            .maximumSize(REMEMBERED)
            .expireAfterWrite(LONGEST)
            .build();
  }

  /** Whether it is the caller's to load it, and nobody else's meanwhile. */
  boolean take(SeriesKey key) {
    long now = clock.read();
    AtomicBoolean mine = new AtomicBoolean();
    notBefore
        .asMap()
        .compute(
            key,
            (_, before) -> {
              mine.set(before == null || now - before >= 0);
              return mine.get() ? now + REST.toNanos() : before;
            });
    return mine.get();
  }

  /**
   * It was loaded, and rests in proportion.
   *
   * @param nanos that it took
   */
  void took(SeriesKey key, long nanos) {
    rest(key, Math.max(REST.toNanos(), REST_FACTOR * nanos));
  }

  /** There is no room for it. */
  void tooLarge(SeriesKey key) {
    rest(key, LONGEST.toNanos());
  }

  private void rest(SeriesKey key, long nanos) {
    notBefore.put(key, clock.read() + nanos);
  }
}
