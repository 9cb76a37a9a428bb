package org.regionalpacs.dicom.net;

import java.time.Duration;

/**
 * The limits of every wait for a peer.
 *
 * @param connect until the TCP connection stands (client only)
 * @param handshake until the TLS handshake is done
 * @param associate until the association request, or the answer to it, has come
 * @param idle until the next message starts; as a client, until the response has come
 * @param data until the next PDU inside a message has come, and the rest of a PDU once it started
 * @param write until the peer has taken a PDU
 * @param release until the peer has answered a release request, or closed the connection
 */
public record Timeouts(
    Duration connect,
    Duration handshake,
    Duration associate,
    Duration idle,
    Duration data,
    Duration write,
    Duration release) {

  /**
   * Connect 10 s, handshake 10 s, associate 30 s, idle 5 min, data 1 min, write 1 min, release 5 s.
   */
  public static final Timeouts DEFAULT =
      new Timeouts(
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(5),
          Duration.ofMinutes(1),
          Duration.ofMinutes(1),
          Duration.ofSeconds(5));

  /** One limit for all waits. */
  public static Timeouts of(Duration all) {
    return new Timeouts(all, all, all, all, all, all, all);
  }
}
