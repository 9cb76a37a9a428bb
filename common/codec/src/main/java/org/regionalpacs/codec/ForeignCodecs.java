package org.regionalpacs.codec;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.regionalpacs.codec.charls.CharlsCodec;
import org.regionalpacs.codec.openjpeg.OpenjpegCodec;
import org.regionalpacs.dicom.data.UID;

/**
 * Decoders and encoders by C libraries. A codestream made to do so may crash them and the process
 * with them, and they can't be interrupted: they are for processes that do nothing else, and that
 * may be killed. Where a library can't be used, there are none of its codecs.
 */
public final class ForeignCodecs {
  private static final Set<String> JPEG_LS = Set.of(UID.JPEGLSLossless, UID.JPEGLSNearLossless);
  private static final Set<String> JPEG_2000 = Set.of(UID.JPEG2000Lossless, UID.JPEG2000);
  private static final Set<String> HTJ2K =
      Set.of(UID.HTJ2KLossless, UID.HTJ2KLosslessRPCL, UID.HTJ2K);

  private ForeignCodecs() {}

  /** What there is of each library. Looking takes no time after the first time. */
  public static List<Availability> availability() {
    return List.of(CharlsCodec.availability(), OpenjpegCodec.availability());
  }

  /** The same, of libraries that nobody could look for. */
  public static List<Availability> unusable(String reason) {
    return List.of(
        new Availability(CharlsCodec.NAME, CharlsCodec.PACKAGE, false, reason),
        new Availability(OpenjpegCodec.NAME, OpenjpegCodec.PACKAGE, false, reason));
  }

  /** The decoder of a transfer syntax; empty when there is none, or not its library. */
  public static Optional<FrameDecoder> decoder(String transferSyntax) {
    if (JPEG_LS.contains(transferSyntax)) {
      return CharlsCodec.decoder();
    }
    boolean jpeg2000 = JPEG_2000.contains(transferSyntax) || HTJ2K.contains(transferSyntax);
    return jpeg2000 ? OpenjpegCodec.decoder() : Optional.empty();
  }

  /** The encoder of a transfer syntax; empty when there is none, or not its library. */
  public static Optional<FrameEncoder> encoder(String transferSyntax) {
    if (JPEG_LS.contains(transferSyntax)) {
      return CharlsCodec.encoder();
    }
    return JPEG_2000.contains(transferSyntax) ? OpenjpegCodec.encoder() : Optional.empty();
  }

  /** Whether frames of a transfer syntax are decoded by one of these libraries, if it is there. */
  public static boolean decodes(String transferSyntax) {
    return JPEG_LS.contains(transferSyntax)
        || JPEG_2000.contains(transferSyntax)
        || HTJ2K.contains(transferSyntax);
  }

  /** Whether frames are encoded into a transfer syntax by one of them, if it is there. */
  public static boolean encodes(String transferSyntax) {
    return JPEG_LS.contains(transferSyntax) || JPEG_2000.contains(transferSyntax);
  }

  /**
   * What the data set will have to say of frames, as {@link FrameEncoder#encoded} does; the library
   * isn't needed.
   *
   * @param transferSyntax one that is {@linkplain #encodes encoded}
   * @throws UnsupportedImageException when such images aren't encoded so
   */
  public static ImageDescription encoded(
      ImageDescription image, String transferSyntax, EncoderOptions options)
      throws UnsupportedImageException {
    return JPEG_LS.contains(transferSyntax)
        ? CharlsCodec.encoded(image, transferSyntax, options)
        : OpenjpegCodec.encoded(image, transferSyntax, options);
  }

  /** The library that frames of a transfer syntax need; empty when they need none. */
  public static Optional<String> library(String transferSyntax) {
    if (JPEG_LS.contains(transferSyntax)) {
      return Optional.of(CharlsCodec.NAME);
    }
    return decodes(transferSyntax) ? Optional.of(OpenjpegCodec.NAME) : Optional.empty();
  }

  /** Why there is no codec of a transfer syntax, and what to do; of one that has a library. */
  public static String missing(String transferSyntax) {
    Availability library =
        JPEG_LS.contains(transferSyntax)
            ? CharlsCodec.availability()
            : OpenjpegCodec.availability();
    return "%s can't be used: %s".formatted(library.library(), library.detail());
  }
}
