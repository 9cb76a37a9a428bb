package org.regionalpacs.codec.jpeg;

/**
 * The inverse DCT of T.81 A.3.3 in whole numbers, as Loeffler, Ligtenberg and Moschytz factor it
 * (ICASSP 1989). Constants have 13 bits after the point, and what goes from columns to rows one, or
 * two for 8-bit samples, as in the IJG's library, so that the same samples come out as there.
 */
final class InverseDct {
  private static final int POINT = 13;

  private final int middle;
  private final int offset;
  private final int most;

  /**
   * @param precision 8 or 12 bits of a sample
   */
  InverseDct(int precision) {
    this.middle = precision == 8 ? 2 : 1;
    this.offset = 1 << precision - 1;
    this.most = (1 << precision) - 1;
  }

  /** Turns 64 coefficients into samples. */
  void apply(int[] block) {
    for (int column = 0; column < 8; column++) {
      pass(block, column, 8, POINT - middle);
    }
    for (int row = 0; row < 64; row += 8) {
      pass(block, row, 1, POINT + middle + 3);
    }
    for (int i = 0; i < 64; i++) {
      block[i] = Math.max(0, Math.min(block[i] + offset, most));
    }
  }

  private static void pass(int[] b, int at, int step, int down) {
    int a0 = b[at];
    int a1 = b[at + step];
    int a2 = b[at + 2 * step];
    int a3 = b[at + 3 * step];
    int a4 = b[at + 4 * step];
    int a5 = b[at + 5 * step];
    int a6 = b[at + 6 * step];
    int a7 = b[at + 7 * step];
    int half = 1 << down - 1;
    if ((a1 | a2 | a3 | a4 | a5 | a6 | a7) == 0) {
      int all = (a0 << POINT) + half >> down;
      for (int i = 0; i < 8; i++) {
        b[at + i * step] = all;
      }
      return;
    }

    int turned = (a2 + a6) * 4433;
    int low = turned - a6 * 15137;
    int high = turned + a2 * 6270;
    int sum = (a0 + a4 << POINT) + half;
    int difference = (a0 - a4 << POINT) + half;
    int e0 = sum + high;
    int e1 = difference + low;
    int e2 = difference - low;
    int e3 = sum - high;

    int shared = (a3 + a7 + a1 + a5) * 9633;
    int z1 = (a7 + a1) * -7373;
    int z2 = (a5 + a3) * -20995;
    int z3 = (a7 + a3) * -16069 + shared;
    int z4 = (a5 + a1) * -3196 + shared;
    int o0 = a1 * 12299 + z1 + z4;
    int o1 = a3 * 25172 + z2 + z3;
    int o2 = a5 * 16819 + z2 + z4;
    int o3 = a7 * 2446 + z1 + z3;

    b[at] = e0 + o0 >> down;
    b[at + step] = e1 + o1 >> down;
    b[at + 2 * step] = e2 + o2 >> down;
    b[at + 3 * step] = e3 + o3 >> down;
    b[at + 4 * step] = e3 - o3 >> down;
    b[at + 5 * step] = e2 - o2 >> down;
    b[at + 6 * step] = e1 - o1 >> down;
    b[at + 7 * step] = e0 - o0 >> down;
  }
}
