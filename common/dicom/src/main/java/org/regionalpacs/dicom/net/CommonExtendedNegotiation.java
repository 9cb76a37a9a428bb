package org.regionalpacs.dicom.net;

import java.util.List;

/**
 * SOP class common extended negotiation (PS3.7 D.3.3.6): what a requestor tells of a SOP class that
 * the acceptor may not know. It is never answered.
 *
 * @param sopClass UID of the class told about
 * @param serviceClass UID of its service class, such as 1.2.840.10008.4.2 for storage
 * @param relatedGeneralClasses UIDs of the classes it specialises
 */
public record CommonExtendedNegotiation(
    String sopClass, String serviceClass, List<String> relatedGeneralClasses) {
  public CommonExtendedNegotiation {
    relatedGeneralClasses = List.copyOf(relatedGeneralClasses);
  }
}
