package org.regionalpacs.dicom.net;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Who is at the other end.
 *
 * @param id number of the association, unique in this process
 * @param callingAe AE title of the requestor
 * @param calledAe AE title that was called
 * @param peer network address of the requestor
 * @param implementationClass the requestor's implementation class UID, empty when it gave none
 * @param implementationVersion the requestor's implementation version name, empty when it gave none
 * @param tls how the connection is secured; empty when it isn't
 * @param user name of the requestor's user, as the policy recognised it; empty when it didn't
 */
public record AssociationInfo(
    long id,
    String callingAe,
    String calledAe,
    InetSocketAddress peer,
    String implementationClass,
    String implementationVersion,
    Optional<TlsPeer> tls,
    Optional<String> user) {

  /** The requestor's IP address. */
  public String peerAddress() {
    return peer.getAddress().getHostAddress();
  }

  @Override
  public String toString() {
    return "association %d %s->%s (%s%s)"
        .formatted(
            id, callingAe, calledAe, peerAddress(), tls.map(secured -> ", " + secured).orElse(""));
  }
}
