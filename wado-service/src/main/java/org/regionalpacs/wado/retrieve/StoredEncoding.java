package org.regionalpacs.wado.retrieve;

import java.util.Set;
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
  /** A private or unknown transfer syntax. */
  UNKNOWN;

  private static final Set<String> LOSSLESS_SYNTAXES =
      Set.of(
          UID.RLELossless,
          UID.JPEGLossless,
          UID.JPEGLosslessSV1,
          UID.JPEGLosslessNonHierarchical15,
          UID.JPEGLSLossless,
          UID.JPEG2000Lossless,
          UID.JPEG2000MCLossless,
          UID.JPEGXLLossless,
          UID.HTJ2KLossless,
          UID.HTJ2KLosslessRPCL,
          UID.DeflatedImageFrameCompression);

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
      case String other when LOSSLESS_SYNTAXES.contains(other) -> LOSSLESS;
      case String other when LOSSY_SYNTAXES.contains(other) -> LOSSY;
      default -> UNKNOWN;
    };
  }
}
