package org.regionalpacs.dicom.net;

import java.util.Optional;

/**
 * How a client behaves.
 *
 * @param maxPdu the longest P-DATA-TF body announced to the server, in bytes
 * @param maxOperations the asynchronous operations window asked for (PS3.7 D.3.3.3), 1 to 256; 1
 *     asks for none
 * @param timeouts the limits of every wait
 * @param tls how connections are secured; empty when they aren't
 * @param identity the user on whose behalf it calls; empty tells none
 */
public record ScuOptions(
    int maxPdu,
    int maxOperations,
    Timeouts timeouts,
    Optional<TlsOptions> tls,
    Optional<UserIdentity> identity) {
  /** More responses than that, unread, could fill the connection and stop both sides. */
  private static final int MAX_WINDOW = 256;

  public ScuOptions {
    if (maxOperations < 1 || maxOperations > MAX_WINDOW) {
      throw new IllegalArgumentException("operations window of " + maxOperations);
    }
  }

  /** The defaults, without TLS. */
  public static final ScuOptions DEFAULT =
      new ScuOptions(
          ServerOptions.DEFAULT_MAX_PDU, 1, Timeouts.DEFAULT, Optional.empty(), Optional.empty());

  public ScuOptions withTimeouts(Timeouts newTimeouts) {
    return new ScuOptions(maxPdu, maxOperations, newTimeouts, tls, identity);
  }

  public ScuOptions withTls(TlsOptions options) {
    return new ScuOptions(maxPdu, maxOperations, timeouts, Optional.of(options), identity);
  }

  public ScuOptions withMaxOperations(int newMax) {
    return new ScuOptions(maxPdu, newMax, timeouts, tls, identity);
  }

  public ScuOptions withIdentity(UserIdentity user) {
    return new ScuOptions(maxPdu, maxOperations, timeouts, tls, Optional.of(user));
  }
}
