package org.regionalpacs.dicom.net;

import java.io.IOException;

/** The TLS handshake failed: no common protocol or cipher suite, or a certificate isn't trusted. */
public final class TlsHandshakeException extends AssociationException {
  private static final long serialVersionUID = 1L;

  TlsHandshakeException(IOException cause) {
    super("TLS handshake failed: " + cause.getMessage(), cause);
  }
}
