package org.regionalpacs.dicom.net;

import java.net.InetAddress;

/**
 * Where and how a {@link DicomServer} listens for TLS.
 *
 * @param bind the local address, not necessarily that of the plain port
 * @param port the TCP port; 0 = any free one; 2762 is registered for DICOM over TLS
 * @param options keys, trust, and what is asked of clients
 */
public record TlsListener(InetAddress bind, int port, TlsOptions options) {
  public TlsListener {
    requirePort(port);
  }

  static void requirePort(int port) {
    if (port < 0 || port > 0xFFFF) {
      throw new IllegalArgumentException(port + " is no TCP port");
    }
  }
}
