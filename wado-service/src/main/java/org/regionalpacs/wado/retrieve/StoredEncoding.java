package org.regionalpacs.wado.retrieve;

import java.util.Set;
import org.regionalpacs.codec.ForeignCodecs;
import org.regionalpacs.codec.FrameDecoders;
import org.regionalpacs.dicom.data.UID;

/** What kind of transfer syntax an object is stored in, as far as negotiation cares. */
enum StoredEncoding {
  /** Explicit VR Little Endian, the default over HTTP. */
  EXPLICIT_LITTLE_ENDIAN,
  /** Deflated Explicit VR Little Endian. */
  DEFLATED,
  /** Implicit VR Little Endian and Explicit VR Big Endian: not for the web (PS3.18 8.7.3). */
  NOT_FOR_THE_WEB,
  /** Compressed pixels from which the original ones can be had. */
  LOSSLESS,
  /** Compressed pixels that are all there is. */
  LOSSY,
  /** The same of which there is no decoder: JPEG XL, videos. */
  LOSSY_UNDECODED,
  /** A private or unknown transfer syntax, or one without a decoder. */
  UNKNOWN;

  private static final Set<String> LOSSY_SYNTAXES =
      Set.of(
          UID.JPEGBaseline8Bit,
          UID.JPEGExtended12Bit,
          UID.JPEGSpectralSelectionNonHierarchical68,
          UID.JPEGFullProgressionNonHierarchical1012,
          UID.JPEGLSNearLossless,
          UID.JPEG2000,
          UID.JPEG2000MC,
          UID.JPEGXL,
          UID.JPEGXLJPEGRecompression,
          UID.HTJ2K,
          UID.MPEG2MPML,
          UID.MPEG2MPHL,
          UID.MPEG4HP41,
          UID.MPEG4HP41BD,
          UID.MPEG4HP422D,
          UID.MPEG4HP423D,
          UID.MPEG4HP42STEREO,
          UID.HEVCMP51,
          UID.HEVCM10P51);

  static StoredEncoding of(String transferSyntax) {
    return switch (transferSyntax) {
      case UID.ExplicitVRLittleEndian -> EXPLICIT_LITTLE_ENDIAN;
      case UID.DeflatedExplicitVRLittleEndian -> DEFLATED;
      case UID.ImplicitVRLittleEndian, UID.ExplicitVRBigEndian -> NOT_FOR_THE_WEB;
      case String lossy when isLossy(lossy) -> isDecoded(lossy) ? LOSSY : LOSSY_UNDECODED;
      default -> isDecoded(transferSyntax) ? LOSSLESS : UNKNOWN;
    };
  }

  /** Whether samples can't be had as they once were. */
  static boolean isLossy(String transferSyntax) {
    return LOSSY_SYNTAXES.contains(transferSyntax);
  }

  /** Whether there is a decoder, where the library is there that it may need. */
  static boolean isDecoded(String transferSyntax) {
    return FrameDecoders.of(transferSyntax).isPresent() || ForeignCodecs.decodes(transferSyntax);
  }
}
