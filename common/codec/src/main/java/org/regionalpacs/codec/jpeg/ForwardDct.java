package org.regionalpacs.codec.jpeg;

/**
 * The DCT of T.81 A.3.3 in whole numbers, as {@link InverseDct} undoes it: constants have 13 bits
 * after the point, and what goes from rows to columns one, or two for 8-bit samples. Coefficients
 * come out 8 times as great as they are.
 */
final class ForwardDct {
  private static final int POINT = 13;

  private final int middle;

  /**
   * @param precision 8 or 12 bits of a sample
   */
  ForwardDct(int precision) {
    this.middle = precision == 8 ? 2 : 1;
  }

  /** Turns 64 samples, less half of their range, into coefficients. */
  void apply(int[] block) {
    for (int row = 0; row < 64; row += 8) {
      pass(block, row, 1, -middle, POINT - middle);
    }
    for (int column = 0; column < 8; column++) {
      pass(block, column, 8, middle, POINT + middle);
    }
  }

  /**
   * @param plain bits that sums lose, or gain when negative
   * @param down bits that products lose
   */
  private static void pass(int[] b, int at, int step, int plain, int down) {
    int s0 = b[at] + b[at + 7 * step];
    int s1 = b[at + step] + b[at + 6 * step];
    int s2 = b[at + 2 * step] + b[at + 5 * step];
    int s3 = b[at + 3 * step] + b[at + 4 * step];
    int d0 = b[at] - b[at + 7 * step];
    int d1 = b[at + step] - b[at + 6 * step];
    int d2 = b[at + 2 * step] - b[at + 5 * step];
    int d3 = b[at + 3 * step] - b[at + 4 * step];
    int half = 1 << down - 1;

    int e0 = s0 + s3;
    int e1 = s1 + s2;
    int e2 = s1 - s2;
    int e3 = s0 - s3;
    b[at] = shifted(e0 + e1, plain);
    b[at + 4 * step] = shifted(e0 - e1, plain);
    int turned = (e2 + e3) * 4433 + half;
    b[at + 2 * step] = turned + e3 * 6270 >> down;
    b[at + 6 * step] = turned - e2 * 15137 >> down;

    int shared = (d3 + d1 + d2 + d0) * 9633 + half;
    int z1 = (d3 + d0) * -7373;
    int z2 = (d2 + d1) * -20995;
    int z3 = (d3 + d1) * -16069 + shared;
    int z4 = (d2 + d0) * -3196 + shared;
    b[at + 7 * step] = d3 * 2446 + z1 + z3 >> down;
    b[at + 5 * step] = d2 * 16819 + z2 + z4 >> down;
    b[at + 3 * step] = d1 * 25172 + z2 + z3 >> down;
    b[at + step] = d0 * 12299 + z1 + z4 >> down;
  }

  private static int shifted(int value, int down) {
    return down < 0 ? value << -down : value + (1 << down - 1) >> down;
  }
}
