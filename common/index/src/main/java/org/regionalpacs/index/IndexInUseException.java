package org.regionalpacs.index;

/** Somebody uses tables that are to be dropped; the message says who, and nothing is changed. */
public final class IndexInUseException extends Exception {
  private static final long serialVersionUID = 1L;

  IndexInUseException(String message, Throwable cause) {
    super(message, cause);
  }
}
