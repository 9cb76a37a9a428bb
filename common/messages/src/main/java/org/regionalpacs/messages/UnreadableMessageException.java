package org.regionalpacs.messages;

/** A record on a topic can't be read; it will never be readable. */
public final class UnreadableMessageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnreadableMessageException(String message) {
    super(message);
  }

  UnreadableMessageException(String message, Throwable cause) {
    super(message, cause);
  }
}
