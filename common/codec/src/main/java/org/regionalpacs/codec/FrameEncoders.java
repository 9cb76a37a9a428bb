package org.regionalpacs.codec;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.regionalpacs.codec.jpeg.DctEncoder;
import org.regionalpacs.codec.jpeg.LosslessEncoder;
import org.regionalpacs.dicom.data.UID;

/** The encoders there are in Java, by transfer syntax; see {@link ForeignCodecs} for others. */
public final class FrameEncoders {
  private static final FrameEncoder DCT = new DctEncoder();
  private static final FrameEncoder LOSSLESS = new LosslessEncoder();

  private static final Map<String, FrameEncoder> BY_SYNTAX =
      Map.of(
          UID.RLELossless, new RleEncoder(),
          UID.JPEGBaseline8Bit, DCT,
          UID.JPEGExtended12Bit, DCT,
          UID.JPEGLossless, LOSSLESS,
          UID.JPEGLosslessSV1, LOSSLESS);

  private FrameEncoders() {}

  /** The encoder of a transfer syntax; empty when there is none. */
  public static Optional<FrameEncoder> of(String transferSyntax) {
    return Optional.ofNullable(BY_SYNTAX.get(transferSyntax));
  }

  /** The transfer syntaxes for which there is one. */
  public static Set<String> transferSyntaxes() {
    return BY_SYNTAX.keySet();
  }
}
