package org.regionalpacs.consumer.archiver;

import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;

/** The bytes of an object aren't there, or aren't those that were received. */
final class UnusableContentException extends IOException {
  private static final long serialVersionUID = 1;

  UnusableContentException(String message) {
    super(message);
  }

  /** The one behind a failure, however a store has wrapped it. */
  static Optional<UnusableContentException> in(Throwable failure) {
    return Stream.iterate(failure, each -> each != null, Throwable::getCause)
        .filter(UnusableContentException.class::isInstance)
        .map(UnusableContentException.class::cast)
        .findFirst();
  }
}
