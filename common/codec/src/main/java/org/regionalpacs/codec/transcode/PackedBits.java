package org.regionalpacs.codec.transcode;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * One bit a pixel, the first in the lowest bit; the next frame goes on in the byte in which one
 * ends (PS3.5 8.1.1, 8.1.2).
 */
final class PackedBits {
  private int held;
  private int count;

  /** The bytes that a frame completes. */
  byte[] add(int pixels, IntPredicate isSet) {
    byte[] packed = new byte[(count + pixels) / 8];
    int to = 0;
    for (int pixel = 0; pixel < pixels; pixel++) {
      held |= (isSet.test(pixel) ? 1 : 0) << count;
      count++;
      if (count == 8) {
        packed[to++] = (byte) held;
        held = 0;
        count = 0;
      }
    }
    return packed;
  }

  /** The byte in which the last frame ends, if it isn't complete. */
  byte[] rest() {
    return Arrays.copyOf(new byte[] {(byte) held}, count > 0 ? 1 : 0);
  }
}
