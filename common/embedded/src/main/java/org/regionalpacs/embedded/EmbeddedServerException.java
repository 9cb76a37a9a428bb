package org.regionalpacs.embedded;

import java.io.IOException;

/** A server couldn't be started. The message says why and ends with the last lines of its log. */
public final class EmbeddedServerException extends IOException {
  private static final long serialVersionUID = 1L;

  EmbeddedServerException(String message) {
    super(message);
  }

  EmbeddedServerException(String message, Throwable cause) {
    super(message, cause);
  }
}
