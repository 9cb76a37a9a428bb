package org.regionalpacs.dicom.net;

import java.net.InetAddress;
import java.util.function.Supplier;

/**
 * Where and how a {@link DicomServer} listens for TLS.
 *
 * @param bind the local address, not necessarily that of the plain port
 * @param port the TCP port; 0 = any free one; 2762 is registered for DICOM over TLS
 * @param options keys, trust, and what is asked of clients; called for each connection, so that a
 *     renewed certificate counts from the next one on
 */
public record TlsListener(InetAddress bind, int port, Supplier<TlsOptions> options) {
  public TlsListener {
    requirePort(port);
  }

  /** With options that stay. */
  public TlsListener(InetAddress bind, int port, TlsOptions options) {
    this(bind, port, () -> options);
  }

  static void requirePort(int port) {
    if (port < 0 || port > 0xFFFF) {
      throw new IllegalArgumentException(port + " is no TCP port");
    }
  }
}
