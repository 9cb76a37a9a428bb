package org.regionalpacs.codec.jpeg;

import org.regionalpacs.codec.CorruptFrameException;

/** The next bit of coefficients of other frequencies than 0 (T.81 G.1.2.3). */
final class RefinedBand extends BlockReader {
  private final Huffman ac;

  /** Blocks that end without a coefficient that was 0 so far. */
  private int ended;

  RefinedBand(EntropyBits bits, Scan scan, Huffman ac) {
    super(bits, scan);
    this.ac = ac;
  }

  @Override
  void read(short[] to, int at) throws CorruptFrameException {
    int k = scan.from();
    while (ended == 0 && k <= scan.to()) {
      int symbol = bits.symbol(ac);
      int run = symbol >> 4;
      int added = 0;
      if ((symbol & 15) > 0) {
        added = bits.unsigned(1) == 1 ? 1 << scan.below() : -1 << scan.below();
      } else if (run < 15) {
        ended = (1 << run) + (run == 0 ? 0 : bits.unsigned(run));
        break;
      }
      k = pass(to, at, k, run);
      if (added != 0) {
        to[at + Tables.natural(within(k))] = (short) added;
      }
      k++;
    }
    if (ended > 0) {
      pass(to, at, k, Integer.MAX_VALUE);
      ended--;
    }
  }

  /** Refines those that aren't 0, and passes so many that are; ends at the next that is 0. */
  private int pass(short[] to, int at, int from, int zeros) throws CorruptFrameException {
    int bit = 1 << scan.below();
    for (int k = from; k <= scan.to(); k++) {
      int here = at + Tables.natural(k);
      if (to[here] == 0) {
        if (zeros-- == 0) {
          return k;
        }
      } else if (bits.unsigned(1) == 1 && (to[here] & bit) == 0) {
        to[here] += (short) (to[here] > 0 ? bit : -bit);
      }
    }
    return scan.to() + 1;
  }

  @Override
  void restart() {
    ended = 0;
  }
}
