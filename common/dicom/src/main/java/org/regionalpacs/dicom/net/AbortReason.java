package org.regionalpacs.dicom.net;

/**
 * Why an association was aborted: the source and the reason of an A-ABORT PDU (PS3.8 9.3.8).
 *
 * <p>Violations of the protocol are always reported with the source "service provider", also before
 * the association stands (where PS3.8 9.2.3 lets AA-1 say "service user"): only with this source
 * may the reason be told.
 */
public enum AbortReason {
  /** The application itself aborted; it gives no reason. */
  SERVICE_USER(0, 0, "aborted by the application"),
  NOT_SPECIFIED(2, 0, "reason not specified"),
  UNRECOGNIZED_PDU(2, 1, "unrecognized PDU"),
  UNEXPECTED_PDU(2, 2, "unexpected PDU"),
  UNRECOGNIZED_PARAMETER(2, 4, "unrecognized PDU parameter"),
  UNEXPECTED_PARAMETER(2, 5, "unexpected PDU parameter"),
  INVALID_PARAMETER_VALUE(2, 6, "invalid PDU parameter value");

  private final int source;
  private final int reason;
  private final String meaning;

  AbortReason(int source, int reason, String meaning) {
    this.source = source;
    this.reason = reason;
    this.meaning = meaning;
  }

  /** 0 = service user, 2 = service provider. */
  public int source() {
    return source;
  }

  /** The reason/diagnostic field. */
  public int reason() {
    return reason;
  }

  /** The reason in words. */
  public String meaning() {
    return meaning;
  }

  /**
   * The constant for the fields of a PDU; values the standard doesn't know count as unspecified.
   */
  static AbortReason of(int source, int reason) {
    if (source == 0) {
      return SERVICE_USER;
    }
    for (AbortReason known : values()) {
      if (known.source == source && known.reason == reason) {
        return known;
      }
    }
    return NOT_SPECIFIED;
  }
}
