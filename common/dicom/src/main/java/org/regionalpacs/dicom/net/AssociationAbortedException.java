package org.regionalpacs.dicom.net;

/** The peer sent A-ABORT, or released the association in the middle of an operation. */
public final class AssociationAbortedException extends AssociationException {
  private static final long serialVersionUID = 1L;

  private final AbortReason reason;

  AssociationAbortedException(AbortReason reason) {
    super(
        "association aborted by the peer: source %d, %s"
            .formatted(reason.source(), reason.meaning()));
    this.reason = reason;
  }

  /** The reason the peer gave. */
  public AbortReason reason() {
    return reason;
  }
}
