package org.regionalpacs.dicom.net;

/** Why an association was refused: result, source and reason of A-ASSOCIATE-RJ (PS3.8 9.3.4). */
public enum RejectReason {
  NO_REASON(1, 1, 1, "no reason given"),
  APPLICATION_CONTEXT_NOT_SUPPORTED(1, 1, 2, "application context name not supported"),
  CALLING_AE_NOT_RECOGNIZED(1, 1, 3, "calling AE title not recognized"),
  CALLED_AE_NOT_RECOGNIZED(1, 1, 7, "called AE title not recognized"),
  /** By the ACSE: the request itself can't be served. */
  UNACCEPTABLE_REQUEST(1, 2, 1, "request not acceptable"),
  PROTOCOL_VERSION_NOT_SUPPORTED(1, 2, 2, "protocol version not supported"),
  TEMPORARY_CONGESTION(2, 3, 1, "temporary congestion"),
  LOCAL_LIMIT_EXCEEDED(2, 3, 2, "local limit exceeded");

  private final int result;
  private final int source;
  private final int reason;
  private final String meaning;

  RejectReason(int result, int source, int reason, String meaning) {
    this.result = result;
    this.source = source;
    this.reason = reason;
    this.meaning = meaning;
  }

  /** 1 = permanent, 2 = transient. */
  public int result() {
    return result;
  }

  /** 1 = service user, 2 = service provider (ACSE), 3 = service provider (presentation). */
  public int source() {
    return source;
  }

  /** The reason/diagnostic field; its meaning depends on the source. */
  public int reason() {
    return reason;
  }

  /** The reason in words. */
  public String meaning() {
    return meaning;
  }

  /** Whether trying again later may succeed. */
  public boolean isTransient() {
    return result == 2;
  }
}
