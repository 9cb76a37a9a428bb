package org.regionalpacs.dicom.net;

import java.util.List;
import java.util.Optional;
import org.regionalpacs.dicom.io.FileMeta;

/**
 * The user information item (PS3.8 9.3.2.3, PS3.7 D.3.3). Sub-items not listed here are skipped
 * when read, which tells their sender that they aren't supported.
 *
 * @param maxPdu the longest P-DATA-TF body its sender takes, in bytes; 0 = no limit
 * @param implementationClass UID of the peer's implementation, empty when absent
 * @param implementationVersion its version name, empty when absent
 * @param asyncOperations the asynchronous operations window, when there is one
 * @param roles SCP/SCU role selections
 * @param extended SOP class extended negotiations
 * @param common SOP class common extended negotiations; in requests only
 * @param identity who the user says to be; in requests only
 * @param identityAnswer that the user was recognised; in acceptances only
 */
public record UserInformation(
    long maxPdu,
    String implementationClass,
    String implementationVersion,
    Optional<AsyncOperations> asyncOperations,
    List<RoleSelection> roles,
    List<ExtendedNegotiation> extended,
    List<CommonExtendedNegotiation> common,
    Optional<UserIdentity> identity,
    Optional<IdentityAnswer.Accepted> identityAnswer) {

  /** Assumed of a peer that doesn't say (it must, PS3.8 D.1): what everyone can take. */
  static final long DEFAULT_MAX_PDU = 16_384;

  public UserInformation {
    roles = List.copyOf(roles);
    extended = List.copyOf(extended);
    common = List.copyOf(common);
  }

  /** Without the negotiations that came to the standard later. */
  public UserInformation(
      long maxPdu,
      String implementationClass,
      String implementationVersion,
      Optional<AsyncOperations> asyncOperations,
      List<RoleSelection> roles) {
    this(
        maxPdu,
        implementationClass,
        implementationVersion,
        asyncOperations,
        roles,
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  /** What this implementation says of itself. */
  static UserInformation ours(int maxPdu) {
    return new UserInformation(
        maxPdu,
        FileMeta.IMPLEMENTATION_CLASS_UID,
        FileMeta.IMPLEMENTATION_VERSION_NAME,
        Optional.empty(),
        List.of());
  }

  /** The same, with answers to what the peer asked. */
  UserInformation answering(
      Optional<AsyncOperations> async,
      List<RoleSelection> answeredRoles,
      List<ExtendedNegotiation> answeredExtended,
      Optional<IdentityAnswer.Accepted> answeredIdentity) {
    return new UserInformation(
        maxPdu,
        implementationClass,
        implementationVersion,
        async,
        answeredRoles,
        answeredExtended,
        List.of(),
        Optional.empty(),
        answeredIdentity);
  }

  /** The same, with what a requestor asks for. */
  UserInformation asking(Optional<AsyncOperations> async, Optional<UserIdentity> user) {
    return new UserInformation(
        maxPdu,
        implementationClass,
        implementationVersion,
        async,
        roles,
        extended,
        common,
        user,
        identityAnswer);
  }

  /**
   * Asynchronous operations window (PS3.7 D.3.3.3).
   *
   * @param invoked operations the requestor may have outstanding; 0 = no limit
   * @param performed operations the requestor may be asked for at a time; 0 = no limit
   */
  public record AsyncOperations(int invoked, int performed) {
    static final AsyncOperations SYNCHRONOUS = new AsyncOperations(1, 1);

    /** The part of the window that is granted: never more than asked for. */
    AsyncOperations atMost(int granted) {
      return new AsyncOperations(invoked == 0 ? granted : Math.min(invoked, granted), 1);
    }
  }

  /**
   * SCP/SCU role selection (PS3.7 D.3.3.4).
   *
   * @param sopClass UID
   * @param scu whether the requestor may be (or is) an SCU of it
   * @param scp whether the requestor may be (or is) an SCP of it
   */
  public record RoleSelection(String sopClass, boolean scu, boolean scp) {}
}
