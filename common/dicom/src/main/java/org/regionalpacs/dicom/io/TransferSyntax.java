package org.regionalpacs.dicom.io;

import org.regionalpacs.dicom.data.UID;

/** The four ways in which a data set around the pixel data is encoded (PS3.5 Annex A). */
enum TransferSyntax {
  IMPLICIT_LITTLE_ENDIAN(false, false, false),
  EXPLICIT_LITTLE_ENDIAN(true, false, false),
  EXPLICIT_BIG_ENDIAN(true, true, false),
  DEFLATED(true, false, true);

  private final boolean explicit;
  private final boolean bigEndian;
  private final boolean deflated;

  TransferSyntax(boolean explicit, boolean bigEndian, boolean deflated) {
    this.explicit = explicit;
    this.bigEndian = bigEndian;
    this.deflated = deflated;
  }

  /** What a transfer syntax UID means for the data set; unknown ones are Explicit VR LE (A.4). */
  static TransferSyntax of(String uid) {
    return switch (uid) {
      case UID.ImplicitVRLittleEndian, UID.Papyrus3ImplicitVRLittleEndian -> IMPLICIT_LITTLE_ENDIAN;
      case UID.ExplicitVRBigEndian -> EXPLICIT_BIG_ENDIAN;
      case UID.DeflatedExplicitVRLittleEndian,
          UID.JPIPReferencedDeflate,
          UID.JPIPHTJ2KReferencedDeflate ->
          DEFLATED;
      default -> EXPLICIT_LITTLE_ENDIAN;
    };
  }

  boolean isExplicit() {
    return explicit;
  }

  boolean isBigEndian() {
    return bigEndian;
  }

  boolean isDeflated() {
    return deflated;
  }
}
