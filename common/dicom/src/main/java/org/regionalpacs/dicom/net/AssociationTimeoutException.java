package org.regionalpacs.dicom.net;

import java.time.Duration;

/** The peer didn't send or take what it had to in time. */
public final class AssociationTimeoutException extends AssociationException {
  private static final long serialVersionUID = 1L;

  AssociationTimeoutException(String awaited, Duration limit) {
    super("timeout after %d ms: %s".formatted(limit.toMillis(), awaited));
  }
}
