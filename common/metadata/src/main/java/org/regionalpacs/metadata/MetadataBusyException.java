package org.regionalpacs.metadata;

import java.io.IOException;

/** So many documents are being built that this one got no turn in time; try again (HTTP 503). */
public final class MetadataBusyException extends IOException {
  private static final long serialVersionUID = 1L;

  MetadataBusyException(String message) {
    super(message);
  }
}
