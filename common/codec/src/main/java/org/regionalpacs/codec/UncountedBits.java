package org.regionalpacs.codec;

import org.regionalpacs.dicom.data.ByteOrder;

/**
 * The bits of samples that don't count (PS3.5 8.1.1): above the high bit and below the lowest that
 * is stored. They are lost when a sample is taken by its value, which only matters where they say
 * something.
 */
public final class UncountedBits {
  private final int size;
  private final long above;
  private final long below;
  private final long top;
  private final boolean zeros;
  private final boolean ones;

  private UncountedBits(ImageDescription image, long ignored, boolean zeros, boolean ones) {
    this.size = image.bitsAllocated() / 8;
    long all = (1L << image.bitsAllocated()) - 1;
    this.above = all << image.highBit() + 1 & all & ~ignored;
    this.below = (1L << image.highBit() + 1 - image.bitsStored()) - 1 & ~ignored;
    this.top = 1L << image.highBit();
    this.zeros = zeros;
    this.ones = ones;
  }

  /**
   * Those of cells that aren't compressed: what is above a negative sample may be its sign or
   * nothing.
   *
   * @param ignored bits of a cell that were taken care of
   */
  public static UncountedBits ofCells(ImageDescription image, long ignored) {
    return new UncountedBits(image, ignored, true, image.signed());
  }

  /**
   * Those of samples that were decoded.
   *
   * @param signed whether the codestream knows of signs: then they go to the highest bit
   */
  static UncountedBits ofDecoded(ImageDescription image, boolean signed) {
    return new UncountedBits(image, 0, !(signed && image.signed()), image.signed());
  }

  /**
   * Whether they say something that the bits that count don't.
   *
   * @param bytes cells of as many bits as are allocated, 8 at least, little endian
   */
  public boolean saySomething(byte[] bytes, int cells) {
    if (above == 0 && below == 0) {
      return false;
    }
    for (int cell = 0; cell < cells; cell++) {
      if ((cell & Wanted.PIXELS) == 0) {
        Wanted.check();
      }
      long word = word(bytes, cell * size);
      long high = word & above;
      boolean negative = (word & top) != 0;
      boolean empty = high == 0 && (zeros || !negative);
      boolean sign = high == above && ones && negative;
      if (!(empty || sign) || (word & below) != 0) {
        return true;
      }
    }
    return false;
  }

  private long word(byte[] bytes, int at) {
    return switch (size) {
      case 1 -> bytes[at] & 0xFF;
      case 2 -> ByteOrder.uint16(bytes, at, false);
      default -> ByteOrder.int32(bytes, at, false) & 0xFFFF_FFFFL;
    };
  }
}
