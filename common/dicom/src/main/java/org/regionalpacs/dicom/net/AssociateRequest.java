package org.regionalpacs.dicom.net;

import java.util.List;

/**
 * A-ASSOCIATE-RQ (PS3.8 9.3.2).
 *
 * @param protocolVersion a bit set; bit 0 is version 1, the only one
 * @param calledAe called AE title, without surrounding spaces
 * @param callingAe calling AE title, without surrounding spaces
 * @param applicationContext UID of the application context, empty when there was none
 * @param contexts the proposed presentation contexts
 * @param user the user information
 */
public record AssociateRequest(
    int protocolVersion,
    String calledAe,
    String callingAe,
    String applicationContext,
    List<PresentationContext> contexts,
    UserInformation user)
    implements Pdu {

  /** The DICOM application context name (PS3.7 A.2.1). */
  static final String DICOM_APPLICATION_CONTEXT = "1.2.840.10008.3.1.1.1";

  public AssociateRequest {
    contexts = List.copyOf(contexts);
  }
}
