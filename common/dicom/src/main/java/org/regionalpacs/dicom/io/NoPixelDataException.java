package org.regionalpacs.dicom.io;

import java.io.IOException;

/** The object has no frames, or not where they could be found. */
public final class NoPixelDataException extends IOException {
  private static final long serialVersionUID = 1L;

  public NoPixelDataException(String reason) {
    super(reason);
  }
}
