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
}
