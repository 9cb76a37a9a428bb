package org.regionalpacs.storage.peer;

import java.io.IOException;

/** Another node can't be asked now. It proves nothing about what it has. */
public final class PeerUnreachableException extends IOException {
  private static final long serialVersionUID = 1;

  PeerUnreachableException(String message) {
    super(message);
  }

  PeerUnreachableException(String message, Throwable cause) {
    super(message, cause);
  }
}
