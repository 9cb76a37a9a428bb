package org.regionalpacs.dicom.net;

import java.net.InetAddress;

/** Is told what becomes of associations, to count and log. Must be quick and not throw. */
public interface AssociationListener {
  /** Told nothing. */
  AssociationListener NONE = new AssociationListener() {};

  /** An association was accepted. */
  default void opened(AssociationInfo association) {}

  /** An accepted association ended. */
  default void closed(AssociationInfo association, Ending ending) {}

  /** A request was refused. */
  default void rejected(AssociateRequest request, InetAddress peer, RejectReason reason) {}

  /** A peer's TLS handshake failed, or took too long. */
  default void handshakeFailed(InetAddress peer, String problem) {}

  /** How an association ended. */
  enum Ending {
    /** The peer released it. */
    RELEASED,
    /** The peer aborted it. */
    ABORTED,
    /** This side aborted it: the peer violated the protocol, or the server stopped. */
    ABORTED_HERE,
    /** The peer didn't send or take in time. */
    TIMED_OUT,
    /** The TCP connection broke. */
    LOST
  }
}
