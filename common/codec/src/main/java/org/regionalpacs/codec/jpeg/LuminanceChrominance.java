package org.regionalpacs.codec.jpeg;

import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Photometric;
import org.regionalpacs.codec.Samples;
import org.regionalpacs.codec.Wanted;

/** What red, green and blue of 8 bits are as YBR_FULL (PS3.3 C.7.6.3.1.2). */
final class LuminanceChrominance {
  private static final int POINT = 16;
  private static final int HALF = 1 << POINT - 1;

  private LuminanceChrominance() {}

  /** The same pixels; weights are in 65536ths. */
  static Samples of(Samples rgb) {
    ImageDescription image = rgb.image();
    int pixels = Math.toIntExact(image.pixels());
    byte[] bytes = new byte[3 * pixels];
    for (int pixel = 0, at = 0; pixel < pixels; pixel++, at += 3) {
      if ((pixel & Wanted.PIXELS) == 0) {
        Wanted.check();
      }
      int red = (int) rgb.value(pixel, 0);
      int green = (int) rgb.value(pixel, 1);
      int blue = (int) rgb.value(pixel, 2);
      bytes[at] = level(19595 * red + 38470 * green + 7471 * blue, 0);
      bytes[at + 1] = level(-11059 * red - 21709 * green + 32768 * blue, 128);
      bytes[at + 2] = level(32768 * red - 27439 * green - 5329 * blue, 128);
    }
    return Samples.of(image.inBytes(Photometric.YBR_FULL), bytes);
  }

  /** Only the greatest difference of all is rounded to more than there is. */
  private static byte level(int sum, int middle) {
    return (byte) Math.min((sum + HALF >> POINT) + middle, 255);
  }
}
