package org.regionalpacs.dicom.net;

import java.io.IOException;

/** The association can't be made or has ended; nothing more can be sent or received over it. */
public abstract sealed class AssociationException extends IOException
    permits AssociationRejectedException,
        AssociationAbortedException,
        AssociationTimeoutException,
        ConnectionLostException,
        ProtocolViolationException,
        TlsHandshakeException {
  private static final long serialVersionUID = 1L;

  AssociationException(String message) {
    super(message);
  }

  AssociationException(String message, Throwable cause) {
    super(message, cause);
  }
}
