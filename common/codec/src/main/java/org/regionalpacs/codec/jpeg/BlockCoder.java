package org.regionalpacs.codec.jpeg;

/** Codes the blocks of one or more components that share tables (T.81 F.1.2). */
abstract class BlockCoder {
  private static final int ZERO_RUN = 0xF0;
  private static final int END_OF_BLOCK = 0;

  /**
   * Codes a block.
   *
   * @param from coefficients in the order in which they are coded
   * @param at where its begin
   * @param before the mean of the component's block before
   */
  final void code(short[] from, int at, int before) {
    int difference = from[at] - before;
    mean(size(difference), difference);
    int run = 0;
    for (int k = 1; k < 64; k++) {
      int value = from[at + k];
      if (value == 0) {
        run++;
        continue;
      }
      while (run > 15) {
        frequency(ZERO_RUN, 0, 0);
        run -= 16;
      }
      int size = size(value);
      frequency(run << 4 | size, size, value);
      run = 0;
    }
    if (run > 0) {
      frequency(END_OF_BLOCK, 0, 0);
    }
  }

  private static int size(int value) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(Math.abs(value));
  }

  /** A symbol of the table for frequency 0, which is the size, and so many bits. */
  abstract void mean(int size, int value);

  /** A symbol of the table for other frequencies, and bits. */
  abstract void frequency(int symbol, int size, int value);

  /** Only counts, which tells the codes to use. */
  static final class Count extends BlockCoder {
    private final long[] means = new long[256];
    private final long[] frequencies = new long[256];

    @Override
    void mean(int size, int value) {
      means[size]++;
    }

    @Override
    void frequency(int symbol, int size, int value) {
      frequencies[symbol]++;
    }

    /** A coder that writes what was counted. */
    Write write(CodestreamWriter out) {
      return new Write(out, new HuffmanCode(means), new HuffmanCode(frequencies));
    }
  }

  /** Writes codes and bits. */
  static final class Write extends BlockCoder {
    private final CodestreamWriter out;
    private final HuffmanCode means;
    private final HuffmanCode frequencies;

    private Write(CodestreamWriter out, HuffmanCode means, HuffmanCode frequencies) {
      this.out = out;
      this.means = means;
      this.frequencies = frequencies;
    }

    /** Writes the tables that it uses. */
    void tables(int destination) {
      out.segment(CodestreamWriter.DHT, means.segment(destination));
      out.segment(CodestreamWriter.DHT, frequencies.segment(16 + destination));
    }

    @Override
    void mean(int size, int value) {
      put(means, size, size, value);
    }

    @Override
    void frequency(int symbol, int size, int value) {
      put(frequencies, symbol, size, value);
    }

    private void put(HuffmanCode code, int symbol, int size, int value) {
      int more = value + (value >> 31) & (1 << size) - 1;
      out.bits((long) code.code(symbol) << size | more, code.length(symbol) + size);
    }
  }
}
