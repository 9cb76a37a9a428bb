package org.regionalpacs.codec.transcode;

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

  KeptBits(Target target, ImageDescription image, MovedOverlays overlays) {
    boolean all = target.transferSyntax().equals(UID.RLELossless) && overlays.bits() == 0;
    this.kept = all || image.bitsAllocated() == 1;
    this.uncounted = UncountedBits.ofCells(image, overlays.bits());
    this.image = image;
  }

  /**
   * Looks at a frame.
   *
   * @throws FrameTranscodingException when bits of it would be lost
   */
  void check(Samples samples, int frame) throws FrameTranscodingException {
    byte[] bytes = samples.bytes();
    if (!kept && uncounted.saySomething(bytes, (int) (8L * bytes.length / image.bitsAllocated()))) {
      throw new FrameTranscodingException(
          frame,
          new UnsupportedImageException(
              "its samples have bits outside of the %d up to bit %d that count by Bits Stored and High Bit, which would be lost"
                  .formatted(image.bitsStored(), image.highBit())));
    }
  }
}
