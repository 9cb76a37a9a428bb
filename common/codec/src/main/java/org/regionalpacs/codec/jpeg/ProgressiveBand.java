package org.regionalpacs.codec.jpeg;

import org.regionalpacs.codec.CorruptFrameException;

/** Some coefficients of other frequencies than 0, without their last bits (T.81 G.1.2.2). */
final class ProgressiveBand extends BlockReader {
  private final Huffman ac;

  /** Blocks that end without another coefficient. */
  private int ended;

  ProgressiveBand(EntropyBits bits, Scan scan, Huffman ac) {
    super(bits, scan);
    this.ac = ac;
  }

  @Override
  void read(short[] to, int at) throws CorruptFrameException {
    if (ended > 0) {
      ended--;
      return;
    }
    for (int k = scan.from(); k <= scan.to(); k++) {
      int symbol = bits.symbol(ac);
      int size = symbol & 15;
      int run = symbol >> 4;
      if (size > 0) {
        k = within(k + run);
        to[at + Tables.natural(k)] = (short) (bits.signed(size) << scan.below());
      } else if (run == 15) {
        k += 15;
      } else {
        ended = (1 << run) - 1 + (run == 0 ? 0 : bits.unsigned(run));
        return;
      }
    }
  }

  @Override
  void restart() {
    ended = 0;
  }
}
