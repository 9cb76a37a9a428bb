package org.regionalpacs.dicom.xml;

import java.io.IOException;
import javax.xml.stream.Location;

/** XML is not the Native DICOM Model. The message says where and why, never a value. */
public final class NativeModelException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String path;

  NativeModelException(String reason, String path, Location at) {
    super(
        "%s%s at line %d, column %d"
            .formatted(
                path.isEmpty() ? "" : path + " ",
                reason,
                at.getLineNumber(),
                at.getColumnNumber()));
    this.path = path;
  }

  /** Tags in hexadecimal with item numbers from 1 between them; empty outside elements. */
  public String path() {
    return path;
  }
}
