package org.regionalpacs.codec.jpeg;

import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Samples;

/**
 * A component to be coded by DCT: luminance or grey, or one of chrominance that has a sample for
 * every second pixel of a row.
 *
 * @param samples of the image, which isn't in red, green and blue
 * @param channel 0 luminance or grey, 1 blue and 2 red difference
 * @param halved whether two pixels share a sample
 */
record Plane(Samples samples, int channel, boolean halved) {
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
    return (int) samples.value(pixel, channel);
  }
}
