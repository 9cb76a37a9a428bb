package org.regionalpacs.codec.jpeg;

import org.regionalpacs.codec.CorruptFrameException;

/** Reads the coefficients of blocks of one component in one scan. */
abstract class BlockReader {
  final EntropyBits bits;
  final Scan scan;

  BlockReader(EntropyBits bits, Scan scan) {
    this.bits = bits;
    this.scan = scan;
  }

  /**
   * Reads what a scan brings of a block.
   *
   * @param to coefficients in the order of a block's rows
   * @param at where those of the block begin
   */
  abstract void read(short[] to, int at) throws CorruptFrameException;

  /** Begins an interval. */
  abstract void restart();

  static BlockReader of(
      boolean progressive, Scan scan, Scan.Part part, Tables tables, EntropyBits bits)
      throws CorruptFrameException {
    if (!progressive) {
      return new Sequential(bits, scan, tables.dc(part.dc()), tables.ac(part.ac()));
    }
    boolean possible =
        scan.from() == 0 ? scan.to() == 0 : scan.to() < 64 && scan.parts().size() == 1;
    if (scan.from() > scan.to() || !possible || scan.below() > 13) {
      throw new CorruptFrameException("a progressive JPEG scan has a selection that can't be");
    }
    if (scan.from() > 0) {
      return scan.above() == 0
          ? new ProgressiveBand(bits, scan, tables.ac(part.ac()))
          : new RefinedBand(bits, scan, tables.ac(part.ac()));
    }
    return scan.above() == 0
        ? new ProgressiveMean(bits, scan, tables.dc(part.dc()))
        : new RefinedMean(bits, scan);
  }

  static int within(int coefficient) throws CorruptFrameException {
    if (coefficient > 63) {
      throw new CorruptFrameException("a JPEG block has more than 64 coefficients");
    }
    return coefficient;
  }

  /** All coefficients at once (T.81 F.2.2). */
  private static final class Sequential extends BlockReader {
    private final Huffman dc;
    private final Huffman ac;
    private int mean;

    Sequential(EntropyBits bits, Scan scan, Huffman dc, Huffman ac) {
      super(bits, scan);
      this.dc = dc;
      this.ac = ac;
    }

    @Override
    void read(short[] to, int at) throws CorruptFrameException {
      mean += bits.difference(dc);
      to[at] = (short) mean;
      for (int k = 1; k < 64; k++) {
        int symbol = bits.symbol(ac);
        int size = symbol & 15;
        if (size == 0) {
          if (symbol != 0xF0) {
            return;
          }
          k += 15;
          continue;
        }
        k = within(k + (symbol >> 4));
        to[at + Tables.natural(k)] = (short) bits.signed(size);
      }
    }

    @Override
    void restart() {
      mean = 0;
    }
  }

  /** The coefficient of frequency 0, without its last bits (T.81 G.1.2.1). */
  private static final class ProgressiveMean extends BlockReader {
    private final Huffman dc;
    private int mean;

    ProgressiveMean(EntropyBits bits, Scan scan, Huffman dc) {
      super(bits, scan);
      this.dc = dc;
    }

    @Override
    void read(short[] to, int at) throws CorruptFrameException {
      mean += bits.difference(dc);
      to[at] = (short) (mean << scan.below());
    }

    @Override
    void restart() {
      mean = 0;
    }
  }

  /** Its next bit. */
  private static final class RefinedMean extends BlockReader {
    RefinedMean(EntropyBits bits, Scan scan) {
      super(bits, scan);
    }

    @Override
    void read(short[] to, int at) throws CorruptFrameException {
      to[at] |= (short) (bits.unsigned(1) << scan.below());
    }

    @Override
    void restart() {}
  }
}
