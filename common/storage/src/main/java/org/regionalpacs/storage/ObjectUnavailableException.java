package org.regionalpacs.storage;

import java.io.IOException;

/**
 * An object is kept, but the node or store that has it can't be reached now. Over HTTP: 503 with
 * Retry-After.
 */
public final class ObjectUnavailableException extends IOException {
  private static final long serialVersionUID = 1L;

  ObjectUnavailableException(String message) {
    super(message);
  }

  ObjectUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
