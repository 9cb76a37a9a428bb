package org.regionalpacs.codec.transcode;

import java.util.List;
import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Samples;
import org.regionalpacs.codec.UncountedBits;
import org.regionalpacs.codec.UnsupportedImageException;
import org.regionalpacs.dicom.data.UID;

/**
 * Watches that no bit of a sample is lost by being encoded: most codecs keep only bits that count,
 * and some data sets have samples of more bits than they say, or overlays that they don't tell of.
 * Such bits can't be made to count: nobody knows what they are.
 */
final class KeptBits {
  private final UncountedBits uncounted;
  private final ImageDescription image;
  private final boolean kept;

  private KeptBits(UncountedBits uncounted, ImageDescription image, boolean kept) {
    this.uncounted = uncounted;
    this.image = image;
    this.kept = kept;
  }

  /**
   * For frames of a description that are encoded.
   *
   * @param overlays that are taken off before
   */
  static KeptBits of(
      String transferSyntax, ImageDescription image, List<EmbeddedOverlay> overlays) {
    boolean all = transferSyntax.equals(UID.RLELossless) && overlays.isEmpty();
    long moved = overlays.stream().mapToLong(overlay -> 1L << overlay.bit()).sum();
    return new KeptBits(
        UncountedBits.ofCells(image, moved), image, all || image.bitsAllocated() == 1);
  }

  /**
   * Looks at a frame.
   *
   * @throws UnsupportedImageException when bits of it would be lost
   */
  void check(Samples samples) throws UnsupportedImageException {
    byte[] bytes = samples.bytes();
    if (!kept && uncounted.saySomething(bytes, (int) (8L * bytes.length / image.bitsAllocated()))) {
      throw new UnsupportedImageException(
          "its samples have bits outside of the %d up to bit %d that count by Bits Stored and High Bit, which would be lost"
              .formatted(image.bitsStored(), image.highBit()));
    }
  }
}
