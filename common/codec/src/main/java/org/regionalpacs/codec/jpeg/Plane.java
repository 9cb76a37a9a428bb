package org.regionalpacs.codec.jpeg;

import java.util.Arrays;
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
    int[] line = new int[image.columns()];
    samples.read(Math.min(row, image.rows() - 1) * line.length, channel, line);
    int last = line.length - 1;
    int whole = Math.min(to.length, halved ? line.length / 2 : line.length);
    for (int x = 0; x < whole; x++) {
      // Rounded up and down in turn, so that nothing becomes lighter.
      to[x] = (halved ? line[2 * x] + line[2 * x + 1] + (x & 1) >> 1 : line[x]) - half;
    }
    Arrays.fill(to, whole, to.length, line[last] - half);
  }
}
