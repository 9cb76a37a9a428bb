package org.regionalpacs.wado.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.function.Function;

/**
 * What was read in the texts of headers, which clients send over and over. Bounded, also in what a
 * text may be read as: they come from strangers.
 *
 * @param <T> what is read, immutable
 */
final class HeaderMemo<K, T> {
  private static final int MOST = 512;
  private static final int LONGEST = 256;

  private final Cache<K, T> known = Caffeine.newBuilder().maximumSize(MOST).build();
  private final Function<K, T> reading;

  HeaderMemo(Function<K, T> reading) {
    this.reading = reading;
  }

  /**
   * What is in a text.
   *
   * @param length characters of it; a very long one is read anew each time
   */
  T of(K text, int length) {
    return length > LONGEST ? reading.apply(text) : known.get(text, reading);
  }
}
