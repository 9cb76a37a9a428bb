package org.regionalpacs.dicom.net;

/** The peer sent what PS3.8 or PS3.7 doesn't allow; the association is to be aborted. */
public final class ProtocolViolationException extends AssociationException {
  private static final long serialVersionUID = 1L;

  private final AbortReason reason;

  ProtocolViolationException(AbortReason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** What the A-ABORT PDU says. */
  public AbortReason reason() {
    return reason;
  }
}
