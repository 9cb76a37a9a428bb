package org.regionalpacs.dicom.net;

import java.io.IOException;

/** The server didn't accept a presentation context for this; the association goes on. */
public final class ContextNotAcceptedException extends IOException {
  private static final long serialVersionUID = 1L;

  ContextNotAcceptedException(String abstractSyntax, String transferSyntax, String why) {
    super(
        "no presentation context for %s in transfer syntax %s: %s"
            .formatted(abstractSyntax, transferSyntax, why));
  }
}
