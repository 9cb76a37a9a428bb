package org.regionalpacs.consumer.rebuild;

/** A rebuild can't be begun or gone on with; the message says why, and what to do. */
public final class RebuildException extends Exception {
  private static final long serialVersionUID = 1L;

  RebuildException(String message) {
    super(message);
  }

  RebuildException(String message, Throwable cause) {
    super(message, cause);
  }
}
