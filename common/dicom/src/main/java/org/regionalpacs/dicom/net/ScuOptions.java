package org.regionalpacs.dicom.net;

/**
 * How a client behaves.
 *
 * @param maxPdu the longest P-DATA-TF body announced to the server, in bytes
 * @param timeouts the limits of every wait
 */
public record ScuOptions(int maxPdu, Timeouts timeouts) {
  /** The defaults of both. */
  public static final ScuOptions DEFAULT =
      new ScuOptions(ServerOptions.DEFAULT_MAX_PDU, Timeouts.DEFAULT);

  public ScuOptions withTimeouts(Timeouts newTimeouts) {
    return new ScuOptions(maxPdu, newTimeouts);
  }
}
