package org.regionalpacs.intake;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is known of an object before its data set is read.
 *
 * @param tenant the hospital it is received for; an id of {@code Tenants}
 * @param transferSyntax UID of the encoding of the data set that follows
 * @param sopClass the SOP Class UID that the command (C-STORE) or the file meta information (STOW)
 *     claims
 * @param sopInstance the SOP Instance UID that the command or the file meta information claims
 * @param callingAe AE title of the sender; empty over HTTP
 * @param calledAe AE title it was sent to; empty over HTTP
 * @param source the door it came through
 * @param peerAddress network address of the sender, for the logs
 * @param announced bytes that the sender is going to send at most, where it says so: space for them
 *     is claimed before the first is read
 */
public record Reception(
    String tenant,
    String transferSyntax,
    Optional<String> sopClass,
    Optional<String> sopInstance,
    String callingAe,
    String calledAe,
    Source source,
    String peerAddress,
    OptionalLong announced) {

  public Reception {
    Objects.requireNonNull(tenant, "tenant");
    transferSyntax = UidRule.trim(transferSyntax);
    Objects.requireNonNull(sopClass, "sopClass");
    Objects.requireNonNull(sopInstance, "sopInstance");
    Objects.requireNonNull(callingAe, "callingAe");
    Objects.requireNonNull(calledAe, "calledAe");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(peerAddress, "peerAddress");
    Objects.requireNonNull(announced, "announced");
  }

  /** Of a sender that doesn't say how long the object is, as in C-STORE. */
  public Reception(
      String tenant,
      String transferSyntax,
      Optional<String> sopClass,
      Optional<String> sopInstance,
      String callingAe,
      String calledAe,
      Source source,
      String peerAddress) {
    this(
        tenant,
        transferSyntax,
        sopClass,
        sopInstance,
        callingAe,
        calledAe,
        source,
        peerAddress,
        OptionalLong.empty());
  }
}
