package org.regionalpacs.test;

import java.util.Optional;

/**
 * Something that takes long to make: made when first asked for; tried three times, then its failure
 * is remembered.
 */
final class Once<T> {
  interface Maker<T> {
    T make() throws Exception;
  }

  private static final int TRIES = 3;

  private final Maker<T> maker;
  private Optional<T> value = Optional.empty();
  private Optional<Exception> failure = Optional.empty();
  private int failures;

  Once(Maker<T> maker) {
    this.maker = maker;
  }

  synchronized T get() throws Exception {
    if (failures == TRIES) {
      throw new IllegalStateException("failed before: " + failure.get(), failure.get());
    }
    if (value.isEmpty()) {
      try {
        value = Optional.of(maker.make());
      } catch (Exception e) {
        failure = Optional.of(e);
        failures++;
        throw e;
      }
    }
    return value.get();
  }
}
