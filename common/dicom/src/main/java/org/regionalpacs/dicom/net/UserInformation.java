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
 */
public record UserInformation(
    long maxPdu,
    String implementationClass,
    String implementationVersion,
    Optional<AsyncOperations> asyncOperations,
    List<RoleSelection> roles) {

  /** Assumed of a peer that doesn't say (it must, PS3.8 D.1): what everyone can take. */
  static final long DEFAULT_MAX_PDU = 16_384;

  public UserInformation {
    roles = List.copyOf(roles);
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
  UserInformation answering(Optional<AsyncOperations> async, List<RoleSelection> answered) {
    return new UserInformation(maxPdu, implementationClass, implementationVersion, async, answered);
  }

  /**
   * Asynchronous operations window (PS3.7 D.3.3.3).
   *
   * @param invoked operations the requestor may have outstanding; 0 = no limit
   * @param performed operations the requestor may be asked for at a time; 0 = no limit
   */
  public record AsyncOperations(int invoked, int performed) {
    static final AsyncOperations SYNCHRONOUS = new AsyncOperations(1, 1);
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
