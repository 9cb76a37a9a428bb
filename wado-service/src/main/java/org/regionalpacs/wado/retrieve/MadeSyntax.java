package org.regionalpacs.wado.retrieve;

import java.util.List;
import org.regionalpacs.dicom.data.UID;

/**
 * The transfer syntaxes in which what is stored otherwise goes out. None has loss: that would be
 * another instance (PS3.3 C.7.6.1.1.5), which nobody asked to store.
 */
final class MadeSyntax {
  /** Of frames, in the order in which one is chosen where several would do. */
  static final List<String> OF_FRAMES =
      List.of(
          UID.JPEGLosslessSV1,
          UID.JPEGLossless,
          UID.RLELossless,
          UID.JPEGLSLossless,
          UID.JPEG2000Lossless);

  private MadeSyntax() {}

  /** Whether an object is made in it, beside Explicit VR Little Endian. */
  static boolean isMade(String transferSyntax) {
    return OF_FRAMES.contains(transferSyntax)
        || transferSyntax.equals(UID.DeflatedExplicitVRLittleEndian);
  }
}
