package org.regionalpacs.dicom.net;

/** The TCP connection ended without A-RELEASE or A-ABORT, or was never made. */
public final class ConnectionLostException extends AssociationException {
  private static final long serialVersionUID = 1L;

  ConnectionLostException(String message) {
    super(message);
  }

  ConnectionLostException(String message, Throwable cause) {
    super(message, cause);
  }
}
