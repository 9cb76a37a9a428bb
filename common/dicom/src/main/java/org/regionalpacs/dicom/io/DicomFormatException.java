package org.regionalpacs.dicom.io;

import java.io.IOException;

/** Bytes are not the DICOM they should be. The message says where and why, never a value. */
public final class DicomFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  private final long position;

  DicomFormatException(String reason, long position) {
    super(reason + " at byte " + position);
    this.position = position;
  }

  /** Where, in bytes from the start of the stream. */
  public long position() {
    return position;
  }
}
