package org.regionalpacs.wado.store;

import java.io.IOException;

/** A body goes on beyond what is taken. The message says which limit. */
final class TooLargeException extends IOException {
  private static final long serialVersionUID = 1L;

  TooLargeException(String message) {
    super(message);
  }
}
