package org.regionalpacs.dicom.net;

import java.net.InetAddress;
import java.util.Optional;

/** Decides which associations and which presentation contexts a server accepts. Thread-safe. */
public interface AssociationPolicy {
  /**
   * Whether to refuse a request, and why. Protocol version, application context and the spelling of
   * AE titles have been checked before.
   */
  Optional<RejectReason> refusal(AssociateRequest request, InetAddress peer);

  /** The answer to one proposed presentation context. */
  ContextAnswer answer(PresentationContext proposed);

  /**
   * The same for a SOP class of which the requestor told more.
   *
   * @param told its common extended negotiation (PS3.7 D.3.3.6)
   */
  default ContextAnswer answer(PresentationContext proposed, CommonExtendedNegotiation told) {
    return answer(proposed);
  }

  /**
   * The answer to the extended negotiation of an accepted SOP class (PS3.7 D.3.3.5): its service
   * class application information. None says that it isn't supported.
   */
  default Optional<byte[]> answer(ExtendedNegotiation asked) {
    return Optional.empty();
  }

  /**
   * Whether the requestor may be the SCP of an accepted SOP class, if it asks to (PS3.7 D.3.3.4):
   * this side then sends to it, as in answer to C-GET.
   */
  default boolean requestorMayBeScp(String sopClass) {
    return false;
  }

  /**
   * What is made of the user a requestor gives (PS3.7 D.3.3.7), or doesn't give: {@link
   * UserInformation#identity}. Asked for every association that isn't refused before.
   */
  default IdentityAnswer identify(AssociateRequest request) {
    return new IdentityAnswer.NotSupported();
  }
}
