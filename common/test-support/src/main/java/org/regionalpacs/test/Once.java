package org.regionalpacs.test;

import java.util.Optional;

/** Something that takes long to make: made when first asked for; a failure is remembered too. */
final class Once<T> {
  interface Maker<T> {
    T make() throws Exception;
  }

  private final Maker<T> maker;
  private Optional<T> value = Optional.empty();
  private Optional<Exception> failure = Optional.empty();

  Once(Maker<T> maker) {
    this.maker = maker;
  }

  synchronized T get() throws Exception {
    if (failure.isPresent()) {
      throw new IllegalStateException("failed before: " + failure.get(), failure.get());
    }
    if (value.isEmpty()) {
      try {
        value = Optional.of(maker.make());
      } catch (Exception e) {
        failure = Optional.of(e);
        throw e;
      }
    }
    return value.get();
  }
}
