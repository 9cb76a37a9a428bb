package org.regionalpacs.dicom.net;

import java.net.InetAddress;

/**
 * How a {@link DicomServer} listens.
 *
 * @param bind the local address
 * @param port the TCP port; 0 = any free one
 * @param maxPdu the longest P-DATA-TF body announced to peers, in bytes; at least 4096
 * @param maxAssociations associations served at a time; further ones are rejected as transient
 * @param timeouts the limits of every wait
 */
public record ServerOptions(
    InetAddress bind, int port, int maxPdu, int maxAssociations, Timeouts timeouts) {
  /** Few peers send longer PDUs, and longer ones gain little. */
  public static final int DEFAULT_MAX_PDU = 128 * 1024;

  private static final int MIN_MAX_PDU = 4096;

  public ServerOptions {
    if (maxPdu < MIN_MAX_PDU || maxAssociations < 1 || port < 0 || port > 0xFFFF) {
      throw new IllegalArgumentException(
          "port %d, max PDU %d (at least %d), max associations %d (at least 1)"
              .formatted(port, maxPdu, MIN_MAX_PDU, maxAssociations));
    }
  }

  /** A free port of the loopback address, 200 associations. */
  public static ServerOptions onLoopback() {
    return new ServerOptions(
        InetAddress.getLoopbackAddress(), 0, DEFAULT_MAX_PDU, 200, Timeouts.DEFAULT);
  }

  public ServerOptions withPort(int newPort) {
    return new ServerOptions(bind, newPort, maxPdu, maxAssociations, timeouts);
  }

  public ServerOptions withMaxPdu(int newMaxPdu) {
    return new ServerOptions(bind, port, newMaxPdu, maxAssociations, timeouts);
  }

  public ServerOptions withMaxAssociations(int newMaxAssociations) {
    return new ServerOptions(bind, port, maxPdu, newMaxAssociations, timeouts);
  }

  public ServerOptions withTimeouts(Timeouts newTimeouts) {
    return new ServerOptions(bind, port, maxPdu, maxAssociations, newTimeouts);
  }
}
