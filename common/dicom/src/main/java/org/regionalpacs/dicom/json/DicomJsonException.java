package org.regionalpacs.dicom.json;

import java.io.IOException;

/** JSON is not the DICOM JSON model it should be. The message says where and why, never a value. */
public final class DicomJsonException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String path;

  DicomJsonException(String reason, String path, int line, int column) {
    super(
        "%s%s at line %d, column %d"
            .formatted(path.isEmpty() ? "" : path + " ", reason, line, column));
    this.path = path;
  }

  /** Tags in hexadecimal with item numbers from 1 between them; empty outside elements. */
  public String path() {
    return path;
  }
}
