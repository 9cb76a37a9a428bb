package org.regionalpacs.dicom.net;

import java.util.Optional;

/**
 * How a client behaves.
 *
 * @param maxPdu the longest P-DATA-TF body announced to the server, in bytes
 * @param timeouts the limits of every wait
 * @param tls how connections are secured; empty when they aren't
 */
public record ScuOptions(int maxPdu, Timeouts timeouts, Optional<TlsOptions> tls) {
  /** The defaults, without TLS. */
  public static final ScuOptions DEFAULT =
      new ScuOptions(ServerOptions.DEFAULT_MAX_PDU, Timeouts.DEFAULT, Optional.empty());

  public ScuOptions withTimeouts(Timeouts newTimeouts) {
    return new ScuOptions(maxPdu, newTimeouts, tls);
  }

  public ScuOptions withTls(TlsOptions options) {
    return new ScuOptions(maxPdu, timeouts, Optional.of(options));
  }
}
