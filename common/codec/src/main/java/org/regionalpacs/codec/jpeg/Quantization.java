package org.regionalpacs.codec.jpeg;

/**
 * Steps to which coefficients are rounded: those of T.81 Tables K.1 and K.2, scaled as the IJG's
 * library does, of which users know what a quality from 1 to 100 looks like.
 */
final class Quantization {
  private static final int[] LUMINANCE = {
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56,
    14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113,
    92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99
  };
  private static final int[] CHROMINANCE = {
    17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99,
    47, 66, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99
  };

  /** Bits of {@link #factors} after the point. */
  private static final int POINT = 32;

  private final int[] steps = new int[64];

  /** By number of a coefficient: what half a step is, 8 times as great. */
  private final int[] halves = new int[64];

  /**
   * What multiplies where a step would divide: exact as long as the product of step and dividend is
   * less than 2 to the power of 32, which it is by two bits.
   */
  private final long[] factors = new long[64];

  private Quantization(int[] base, int quality) {
    int percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
    for (int i = 0; i < 64; i++) {
      steps[i] = Math.clamp((base[i] * percent + 50) / 100, 1, 255);
    }
    for (int k = 0; k < 64; k++) {
      int step = 8 * steps[Tables.natural(k)];
      halves[k] = step / 2;
      factors[k] = (1L << POINT) / step + 1;
    }
  }

  /**
   * @param quality 1 to 100
   */
  static Quantization luminance(int quality) {
    return new Quantization(LUMINANCE, quality);
  }

  /**
   * @param quality 1 to 100
   */
  static Quantization chrominance(int quality) {
    return new Quantization(CHROMINANCE, quality);
  }

  /**
   * Rounds the coefficients of a block.
   *
   * @param block 8 times as great as they are, row by row
   * @param to in the order in which they are coded, from {@code at}
   */
  void round(int[] block, short[] to, int at) {
    for (int k = 0; k < 64; k++) {
      int value = block[Tables.natural(k)];
      int sign = value >> 31;
      int steps = (int) ((Math.abs(value) + halves[k]) * factors[k] >>> POINT);
      to[at + k] = (short) ((steps ^ sign) - sign);
    }
  }

  /** The content of a segment DQT (T.81 B.2.4.1). */
  byte[] segment(int destination) {
    byte[] content = new byte[65];
    content[0] = (byte) destination;
    for (int k = 0; k < 64; k++) {
      content[1 + k] = (byte) steps[Tables.natural(k)];
    }
    return content;
  }
}
