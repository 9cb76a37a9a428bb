package org.regionalpacs.wado.store;

import java.io.IOException;
import java.util.Optional;
import org.regionalpacs.wado.store.StoreOutcome.Failed;
import org.regionalpacs.wado.store.StoreOutcome.Reference;

/** No object can be made of metadata and bulk data. The message holds no patient identity. */
final class RefusedObjectException extends IOException {
  private static final long serialVersionUID = 1L;

  private final FailureReason reason;

  RefusedObjectException(FailureReason reason, String message) {
    super(message);
    this.reason = reason;
  }

  Failed outcome(Optional<Reference> object) {
    return new Failed(object, reason, getMessage());
  }
}
