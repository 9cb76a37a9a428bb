package org.regionalpacs.codec;

import org.regionalpacs.dicom.data.ByteOrder;

/**
 * What a codestream says of the bits of its samples, which isn't always what the data set says.
 *
 * <p>Many encoders write all bits that are allocated, without looking at them: words in a lossless
 * codestream are what cells are, and bits of them that don't count by Bits Stored may be overlays.
 * But samples that were rounded, or that have a sign of their own, are samples: where they have
 * more bits than the data set says, the codestream decides (PS3.5 8.2.1, 8.2.3, 8.2.4).
 *
 * @param precision bits of a sample
 * @param signed whether it has signed samples
 * @param lossy whether rounding may have made samples a little greater than they were
 */
public record CodedBits(int precision, boolean signed, boolean lossy) {
  /** So much of their range lossy samples may be beyond it. */
  private static final int BEYOND = 8;

  /**
   * The samples, described by the data set if that can hold for all of them, else by the
   * codestream.
   *
   * @param declared what the data set says; of 8 or 16 bits allocated, not fewer than the precision
   * @param bytes samples as they were decoded, little endian; what rounding has made too great is
   *     made the greatest
   */
  public Samples describe(ImageDescription declared, byte[] bytes) {
    boolean inPlace = precision > declared.highBit();
    ImageDescription said = inPlace ? declared : declared.withBits(declared.bitsStored());
    if (precision <= said.bitsStored()) {
      return Samples.of(said, bytes);
    }
    int cells = bytes.length / (said.bitsAllocated() / 8);
    boolean samples = lossy || signed && said.signed();
    boolean fits =
        !samples
            || lossy && limited(said, bytes, cells)
            || !UncountedBits.ofDecoded(said, signed).saySomething(bytes, cells);
    return Samples.of(fits ? said : declared.withBits(precision), bytes);
  }

  /** Makes what is a little too great the greatest; false when more than rounding is the reason. */
  private boolean limited(ImageDescription image, byte[] bytes, int cells) {
    if (image.signed() || signed || image.highBit() != image.bitsStored() - 1) {
      return false;
    }
    boolean words = image.bitsAllocated() == 16;
    int greatest = (int) image.greatest();
    int most = greatest + greatest / BEYOND;
    for (int cell = 0; cell < cells; cell++) {
      if (value(bytes, cell, words) > most) {
        return false;
      }
    }
    for (int cell = 0; cell < cells; cell++) {
      if (value(bytes, cell, words) > greatest) {
        int at = words ? 2 * cell : cell;
        bytes[at] = (byte) greatest;
        if (words) {
          bytes[at + 1] = (byte) (greatest >> 8);
        }
      }
    }
    return true;
  }

  private static int value(byte[] bytes, int cell, boolean words) {
    return words ? ByteOrder.uint16(bytes, 2 * cell, false) : bytes[cell] & 0xFF;
  }
}
