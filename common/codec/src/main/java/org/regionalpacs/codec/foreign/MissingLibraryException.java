package org.regionalpacs.codec.foreign;

/** A C library isn't there, or not in a version that can be used. */
public final class MissingLibraryException extends Exception {
  private static final long serialVersionUID = 1L;

  public MissingLibraryException(String reason) {
    super(reason);
  }
}
