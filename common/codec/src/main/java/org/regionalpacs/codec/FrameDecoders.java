package org.regionalpacs.codec;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.regionalpacs.dicom.data.UID;

/** The decoders there are, by transfer syntax. */
public final class FrameDecoders {
  private static final FrameDecoder NATIVE = new NativeDecoder();
  private static final FrameDecoder JPEG = new JpegDecoder();

  /** Frames of deflated and big endian objects are read as native little endian ones. */
  private static final Map<String, FrameDecoder> BY_SYNTAX =
      Map.of(
          UID.ImplicitVRLittleEndian, NATIVE,
          UID.ExplicitVRLittleEndian, NATIVE,
          UID.ExplicitVRBigEndian, NATIVE,
          UID.DeflatedExplicitVRLittleEndian, NATIVE,
          UID.RLELossless, new RleDecoder(),
          UID.JPEGBaseline8Bit, JPEG,
          UID.JPEGExtended12Bit, JPEG);

  private FrameDecoders() {}

  /** The decoder of a transfer syntax; empty when there is none. */
  public static Optional<FrameDecoder> of(String transferSyntax) {
    return Optional.ofNullable(BY_SYNTAX.get(transferSyntax));
  }

  /** The transfer syntaxes for which there is one. */
  public static Set<String> transferSyntaxes() {
    return BY_SYNTAX.keySet();
  }
}
