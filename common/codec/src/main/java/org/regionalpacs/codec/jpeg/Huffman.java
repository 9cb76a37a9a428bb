package org.regionalpacs.codec.jpeg;

import java.util.Arrays;
import org.regionalpacs.codec.CorruptFrameException;

/** A table of Huffman codes (T.81 Annex C). Codes of up to nine bits are looked up at once. */
final class Huffman {
  /** Stands for bits that are no code. */
  static final int NONE = -1;

  private static final int LOOKAHEAD = 9;
  private static final int LONGEST = 16;

  /** By the next nine bits: length of the code * 256 + its value; 0 when it is longer. */
  private final short[] fast = new short[1 << LOOKAHEAD];

  /** By length: the first 16 bits that are greater than any code of that length. */
  private final int[] limit = new int[LONGEST + 1];

  /** By length: what a code of that length is from its value's place. */
  private final int[] shift = new int[LONGEST + 1];

  private final byte[] values;

  /**
   * @param counts 16 numbers of codes, those of one bit first, from {@code at}
   * @param values in the order of their codes
   */
  Huffman(byte[] counts, int at, byte[] values) throws CorruptFrameException {
    this.values = values;
    int code = 0;
    int place = 0;
    for (int length = 1; length <= LONGEST; length++) {
      int count = counts[at + length - 1] & 0xFF;
      shift[length] = place - code;
      if (code + count > 1 << length) {
        throw new CorruptFrameException("a Huffman table of a JPEG codestream has too many codes");
      }
      for (int i = 0; i < count && length <= LOOKAHEAD; i++) {
        int first = code + i << LOOKAHEAD - length;
        int entry = length << 8 | values[place + i] & 0xFF;
        Arrays.fill(fast, first, first + (1 << LOOKAHEAD - length), (short) entry);
      }
      code += count;
      place += count;
      limit[length] = code << LONGEST - length;
      code <<= 1;
    }
  }

  /**
   * The code that bits begin with.
   *
   * @param bits the next one in the highest bit
   * @return its length * 256 + its value, or {@link #NONE}
   */
  int entry(long bits) {
    int entry = fast[(int) (bits >>> Long.SIZE - LOOKAHEAD)];
    return entry == 0 ? longer((int) (bits >>> Long.SIZE - LONGEST)) : entry;
  }

  private int longer(int code) {
    for (int length = LOOKAHEAD + 1; length <= LONGEST; length++) {
      if (code < limit[length]) {
        return length << 8 | values[shift[length] + (code >> LONGEST - length)] & 0xFF;
      }
    }
    return NONE;
  }
}
