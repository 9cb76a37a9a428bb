package org.regionalpacs.codec.transcode;

import java.util.Locale;
import java.util.Optional;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.dicom.data.UID;

/**
 * A compression that changed samples.
 *
 * @param method Lossy Image Compression Method (PS3.3 C.7.6.1.1.5.1)
 * @param ratio of the bits that count to those of the codestreams
 */
record Loss(String method, double ratio) {

  /** By a transfer syntax, whatever it makes of so many frames. */
  static Loss of(String method, ImageDescription image, int frames, long compressed) {
    double samples = (double) image.pixels() * image.photometric().samples() * frames;
    return new Loss(method, samples * image.bitsStored() / 8 / Math.max(1, compressed));
  }

  /** The method of a transfer syntax that allows for loss. */
  static Optional<String> method(String transferSyntax) {
    return switch (transferSyntax) {
      case UID.JPEGLSNearLossless -> Optional.of("ISO_14495_1");
      case UID.JPEG2000 -> Optional.of("ISO_15444_1");
      case UID.HTJ2K -> Optional.of("ISO_15444_15");
      default -> always(transferSyntax);
    };
  }

  /** The method of a transfer syntax that is never without loss. */
  static Optional<String> always(String transferSyntax) {
    return switch (transferSyntax) {
      case UID.JPEGBaseline8Bit,
          UID.JPEGExtended12Bit,
          UID.JPEGSpectralSelectionNonHierarchical68,
          UID.JPEGFullProgressionNonHierarchical1012 ->
          Optional.of("ISO_10918_1");
      default -> Optional.empty();
    };
  }

  /** The ratio as a decimal string. */
  String decimal() {
    return String.format(Locale.ROOT, ratio < 100_000 ? "%.2f" : "%.0f", ratio);
  }
}
