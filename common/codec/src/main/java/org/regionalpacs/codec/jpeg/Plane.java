package org.regionalpacs.codec.jpeg;

import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Photometric;
import org.regionalpacs.codec.Samples;

/**
 * A component to be coded by DCT: luminance or grey, or one of chrominance that has a sample for
 * every second pixel of a row.
 *
 * @param samples of the image
 * @param channel 0 luminance or grey, 1 blue and 2 red difference
 * @param halved whether two pixels share a sample
 */
record Plane(Samples samples, int channel, boolean halved) {
  /** What colors contribute to a channel, in 65536ths (PS3.3 C.7.6.3.1.2, YBR_FULL). */
  private static final int[][] WEIGHTS = {
    {19595, 38470, 7471}, {-11059, -21709, 32768}, {32768, -27439, -5329}
  };

  /**
   * Reads samples, less half of their range. Beyond the image its last ones go on.
   *
   * @param row of samples
   * @param to one for each column of samples
   */
  void read(int row, int half, int[] to) {
    ImageDescription image = samples.image();
    int first = Math.min(row, image.rows() - 1) * image.columns();
    int last = first + image.columns() - 1;
    for (int x = 0; x < to.length; x++) {
      if (!halved) {
        to[x] = value(Math.min(first + x, last)) - half;
        continue;
      }
      int sum = value(Math.min(first + 2 * x, last)) + value(Math.min(first + 2 * x + 1, last));
      // Rounded up and down in turn, so that nothing becomes lighter.
      to[x] = (sum + (x & 1) >> 1) - half;
    }
  }

  private int value(int pixel) {
    if (samples.image().photometric() != Photometric.RGB) {
      return (int) samples.value(pixel, channel);
    }
    int[] weights = WEIGHTS[channel];
    int sum = 1 << 15;
    for (int color = 0; color < 3; color++) {
      sum += weights[color] * (int) samples.value(pixel, color);
    }
    return Math.clamp((sum >> 16) + (channel == 0 ? 0 : 128), 0, 255);
  }
}
