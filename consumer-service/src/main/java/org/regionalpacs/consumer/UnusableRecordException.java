package org.regionalpacs.consumer;

/** A record can't be processed, and trying again won't help: it becomes a dead letter. */
public final class UnusableRecordException extends Exception {
  private static final long serialVersionUID = 1L;

  public UnusableRecordException(String message) {
    super(message);
  }

  public UnusableRecordException(String message, Throwable cause) {
    super(message, cause);
  }
}
