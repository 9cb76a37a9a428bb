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
    int[] red = new int[image.columns()];
    int[] green = new int[image.columns()];
    int[] blue = new int[image.columns()];
    for (int row = 0, at = 0; row < image.rows(); row++) {
      Wanted.check();
      rgb.read(row * image.columns(), 0, red);
      rgb.read(row * image.columns(), 1, green);
      rgb.read(row * image.columns(), 2, blue);
      for (int x = 0; x < red.length; x++, at += 3) {
        bytes[at] = level(19595 * red[x] + 38470 * green[x] + 7471 * blue[x], 0);
        bytes[at + 1] = level(-11059 * red[x] - 21709 * green[x] + 32768 * blue[x], 128);
        bytes[at + 2] = level(32768 * red[x] - 27439 * green[x] - 5329 * blue[x], 128);
      }
    }
    return Samples.of(image.inBytes(Photometric.YBR_FULL), bytes);
  }

  /** Only the greatest difference of all is rounded to more than there is. */
  private static byte level(int sum, int middle) {
    return (byte) Math.min((sum + HALF >> POINT) + middle, 255);
  }
}
