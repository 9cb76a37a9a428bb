package org.regionalpacs.intake;

import java.io.IOException;

/** The bytes of a copy are not those of the object that it should be. */
public final class NotTheObjectException extends IOException {
  private static final long serialVersionUID = 1L;

  public NotTheObjectException(String message) {
    super(message);
  }
}
