package org.regionalpacs.dicom.net;

/** The peer answered an association request with A-ASSOCIATE-RJ. */
public final class AssociationRejectedException extends AssociationException {
  private static final long serialVersionUID = 1L;

  private final int result;
  private final int source;
  private final int reason;

  AssociationRejectedException(Pdu.AssociateReject reject) {
    super("association rejected: " + meaning(reject));
    this.result = reject.result();
    this.source = reject.source();
    this.reason = reject.reason();
  }

  private static String meaning(Pdu.AssociateReject reject) {
    for (RejectReason known : RejectReason.values()) {
      if (known.result() == reject.result()
          && known.source() == reject.source()
          && known.reason() == reject.reason()) {
        return known.meaning();
      }
    }
    return "result %d, source %d, reason %d"
        .formatted(reject.result(), reject.source(), reject.reason());
  }

  /** 1 = permanent, 2 = transient. */
  public int result() {
    return result;
  }

  /** See {@link RejectReason#source()}. */
  public int source() {
    return source;
  }

  /** See {@link RejectReason#reason()}. */
  public int reason() {
    return reason;
  }

  /** Whether trying again later may succeed. */
  public boolean isTransient() {
    return result == 2;
  }
}
