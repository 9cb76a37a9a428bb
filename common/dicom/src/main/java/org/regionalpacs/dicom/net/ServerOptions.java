package org.regionalpacs.dicom.net;

import java.net.InetAddress;
import java.util.Optional;

/**
 * How a {@link DicomServer} listens.
 *
 * @param bind the local address
 * @param port the TCP port; 0 = any free one
 * @param maxPdu the longest P-DATA-TF body announced to peers, in bytes; at least 4096
 * @param maxAssociations associations served at a time; further ones are rejected as transient
 * @param maxAssociationsPerAe associations of one calling AE title served at a time; further ones
 *     are rejected as transient
 * @param maxOperations the asynchronous operations window granted at most to those who ask for one
 *     (PS3.7 D.3.3.3), at least 1; operations of an association are performed one after the other
 *     all the same, a window spares the peer the waiting
 * @param timeouts the limits of every wait
 * @param tls where to listen for TLS too
 */
public record ServerOptions(
    InetAddress bind,
    int port,
    int maxPdu,
    int maxAssociations,
    int maxAssociationsPerAe,
    int maxOperations,
    Timeouts timeouts,
    Optional<TlsListener> tls) {
  /** Few peers send longer PDUs, and longer ones gain little. */
  public static final int DEFAULT_MAX_PDU = 128 * 1024;

  private static final int MIN_MAX_PDU = 4096;
  private static final int MAX_WINDOW = 0xFFFF;

  public ServerOptions {
    TlsListener.requirePort(port);
    if (maxPdu < MIN_MAX_PDU) {
      throw new IllegalArgumentException("max PDU " + maxPdu + ", less than " + MIN_MAX_PDU);
    }
    if (maxAssociations < 1 || maxAssociationsPerAe < 1) {
      throw new IllegalArgumentException(
          "%d associations, %d per AE title: at least 1"
              .formatted(maxAssociations, maxAssociationsPerAe));
    }
    if (maxOperations < 1 || maxOperations > MAX_WINDOW) {
      throw new IllegalArgumentException("operations window of " + maxOperations);
    }
  }

  /** A free port of the loopback address, 200 associations by whomever, no window, no TLS. */
  public static ServerOptions onLoopback() {
    return new ServerOptions(
        InetAddress.getLoopbackAddress(),
        0,
        DEFAULT_MAX_PDU,
        200,
        Integer.MAX_VALUE,
        1,
        Timeouts.DEFAULT,
        Optional.empty());
  }

  public ServerOptions withPort(int newPort) {
    return new ServerOptions(
        bind, newPort, maxPdu, maxAssociations, maxAssociationsPerAe, maxOperations, timeouts, tls);
  }

  public ServerOptions withMaxPdu(int newMaxPdu) {
    return new ServerOptions(
        bind, port, newMaxPdu, maxAssociations, maxAssociationsPerAe, maxOperations, timeouts, tls);
  }

  public ServerOptions withMaxAssociations(int newMax) {
    return new ServerOptions(
        bind, port, maxPdu, newMax, maxAssociationsPerAe, maxOperations, timeouts, tls);
  }

  public ServerOptions withMaxAssociationsPerAe(int newMax) {
    return new ServerOptions(
        bind, port, maxPdu, maxAssociations, newMax, maxOperations, timeouts, tls);
  }

  public ServerOptions withMaxOperations(int newMax) {
    return new ServerOptions(
        bind, port, maxPdu, maxAssociations, maxAssociationsPerAe, newMax, timeouts, tls);
  }

  public ServerOptions withTimeouts(Timeouts newTimeouts) {
    return new ServerOptions(
        bind, port, maxPdu, maxAssociations, maxAssociationsPerAe, maxOperations, newTimeouts, tls);
  }

  /** Listens for TLS there, beside the plain port. */
  public ServerOptions withTls(TlsListener listener) {
    return new ServerOptions(
        bind,
        port,
        maxPdu,
        maxAssociations,
        maxAssociationsPerAe,
        maxOperations,
        timeouts,
        Optional.of(listener));
  }
}
