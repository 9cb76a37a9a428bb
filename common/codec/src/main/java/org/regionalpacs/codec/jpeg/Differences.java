package org.regionalpacs.codec.jpeg;

import org.regionalpacs.codec.ImageDescription;
import org.regionalpacs.codec.Samples;
import org.regionalpacs.codec.Wanted;

/**
 * What a predictor leaves of an image (T.81 H.1.2).
 *
 * @param predictor 1 to 7
 * @param values differences modulo 65536, pixel by pixel
 * @param code for how many bits each has
 * @param bits that all take
 */
record Differences(int predictor, short[] values, HuffmanCode code, long bits) {
  private static final int SIZES = 17;

  /**
   * Takes an image apart.
   *
   * @param precision bits of a sample, of which signed ones are those that they are
   */
  static Differences of(Samples samples, int precision, int predictor) {
    ImageDescription image = samples.image();
    int channels = image.photometric().samples();
    int columns = image.columns();
    short[] values = new short[Math.toIntExact(image.pixels() * channels)];
    long[] frequencies = new long[256];
    Predictor how = Predictor.of(predictor);
    int[][] line = new int[channels][columns];
    int[][] above = new int[channels][columns];
    int[] differences = new int[columns];
    for (int row = 0; row < image.rows(); row++) {
      Wanted.check();
      for (int channel = 0; channel < channels; channel++) {
        read(samples, row, channel, (1 << precision) - 1, line[channel]);
        if (row == 0) {
          Predictor.firstDifferences(line[channel], 1 << precision - 1, differences);
        } else {
          how.differences(line[channel], above[channel], differences);
        }
        int at = row * columns * channels + channel;
        for (int x = 0; x < columns; x++, at += channels) {
          values[at] = (short) differences[x];
          frequencies[size(values[at])]++;
        }
      }
      int[][] done = line;
      line = above;
      above = done;
    }
    HuffmanCode code = new HuffmanCode(frequencies);
    long bits = 0;
    for (int size = 0; size < SIZES; size++) {
      bits += frequencies[size] * (code.length(size) + size % 16);
    }
    return new Differences(predictor, values, code, bits);
  }

  private static void read(Samples samples, int row, int channel, int mask, int[] line) {
    samples.read(row * line.length, channel, line);
    for (int x = 0; x < line.length; x++) {
      line[x] &= mask;
    }
  }

  /** Bits of a difference; 16 stands for 32768, which has none (T.81 Table H.2). */
  private static int size(short difference) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(Math.abs(difference));
  }

  /** Writes all. */
  void write(CodestreamWriter to) {
    for (int i = 0; i < values.length; i++) {
      if ((i & Wanted.PIXELS) == 0) {
        Wanted.check();
      }
      int size = size(values[i]);
      int more = size & 15;
      int value = (values[i] < 0 ? values[i] - 1 : values[i]) & (1 << more) - 1;
      to.bits((long) code.code(size) << more | value, code.length(size) + more);
    }
    to.endBits();
  }
}
