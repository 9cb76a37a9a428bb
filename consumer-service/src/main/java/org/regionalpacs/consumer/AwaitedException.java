package org.regionalpacs.consumer;

import java.io.IOException;

/**
 * Something is missing on this host that no record can help, and that an operator is told of
 * elsewhere: records wait for it however long it takes.
 */
public final class AwaitedException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what is missing, and how to get it
   */
  public AwaitedException(String message, Throwable cause) {
    super(message, cause);
  }
}
