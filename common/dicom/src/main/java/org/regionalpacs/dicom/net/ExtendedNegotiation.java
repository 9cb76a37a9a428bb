package org.regionalpacs.dicom.net;

/**
 * SOP class extended negotiation (PS3.7 D.3.3.5), asked or answered.
 *
 * @param sopClass UID
 * @param information the service class application information; its service class defines it, for
 *     storage PS3.4 B.3.1
 */
public record ExtendedNegotiation(String sopClass, byte[] information) {
  public ExtendedNegotiation {
    information = information.clone();
  }

  @Override
  public byte[] information() {
    return information.clone();
  }
}
