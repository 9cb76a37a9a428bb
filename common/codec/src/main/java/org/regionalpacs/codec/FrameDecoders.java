package org.regionalpacs.codec;

import static java.util.Map.entry;

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
      Map.ofEntries(
          entry(UID.ImplicitVRLittleEndian, NATIVE),
          entry(UID.ExplicitVRLittleEndian, NATIVE),
          entry(UID.ExplicitVRBigEndian, NATIVE),
          entry(UID.DeflatedExplicitVRLittleEndian, NATIVE),
          entry(UID.DeflatedImageFrameCompression, new DeflatedDecoder()),
          entry(UID.RLELossless, new RleDecoder()),
          entry(UID.JPEGBaseline8Bit, JPEG),
          entry(UID.JPEGExtended12Bit, JPEG),
          entry(UID.JPEGSpectralSelectionNonHierarchical68, JPEG),
          entry(UID.JPEGFullProgressionNonHierarchical1012, JPEG),
          entry(UID.JPEGLossless, JPEG),
          entry(UID.JPEGLosslessSV1, JPEG));

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
