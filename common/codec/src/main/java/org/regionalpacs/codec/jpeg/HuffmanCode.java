package org.regionalpacs.codec.jpeg;

import java.util.Arrays;

/**
 * Codes of up to 16 bits for symbols of a byte, so that those that occur often have short ones
 * (T.81 K.2). No code consists of ones only.
 */
final class HuffmanCode {
  private static final int SYMBOLS = 256;
  private static final int LONGEST = 16;

  private final int[] codes = new int[SYMBOLS];
  private final int[] lengths = new int[SYMBOLS];

  /** 16 numbers of codes, those of one bit first, and the symbols in the order of their codes. */
  private final byte[] table;

  /**
   * @param frequencies of 256 symbols; what doesn't occur has no code
   */
  HuffmanCode(long[] frequencies) {
    int[] depths = depths(frequencies);
    int[] counts = counts(depths);
    byte[] symbols = new byte[SYMBOLS];
    int found = 0;
    for (int depth = 1; depth <= SYMBOLS; depth++) {
      for (int symbol = 0; symbol < SYMBOLS; symbol++) {
        if (depths[symbol] == depth) {
          symbols[found++] = (byte) symbol;
        }
      }
    }
    this.table = new byte[LONGEST + found];
    int place = 0;
    int code = 0;
    for (int length = 1; length <= LONGEST; length++) {
      table[length - 1] = (byte) counts[length];
      for (int i = 0; i < counts[length]; i++, place++, code++) {
        int symbol = symbols[place] & 0xFF;
        table[LONGEST + place] = symbols[place];
        codes[symbol] = code;
        lengths[symbol] = length;
      }
      code <<= 1;
    }
  }

  int code(int symbol) {
    return codes[symbol];
  }

  /** Bits of a symbol's code; 0 when it has none. */
  int length(int symbol) {
    return lengths[symbol];
  }

  /**
   * The content of a segment DHT (T.81 B.2.4.2).
   *
   * @param destination 0 to 3, and 16 more for coefficients of a frequency
   */
  byte[] segment(int destination) {
    byte[] content = new byte[1 + table.length];
    content[0] = (byte) destination;
    System.arraycopy(table, 0, content, 1, table.length);
    return content;
  }

  /** How deep in the tree a symbol is, in places 0 to 255 (T.81 Figure K.1). */
  private static int[] depths(long[] frequencies) {
    long[] weights = new long[SYMBOLS + 1];
    System.arraycopy(frequencies, 0, weights, 0, SYMBOLS);
    // Takes the code that consists of ones.
    weights[SYMBOLS] = 1;
    int[] depths = new int[SYMBOLS + 1];
    int[] next = new int[SYMBOLS + 1];
    Arrays.fill(next, -1);
    while (true) {
      int first = lightest(weights, -1);
      int second = lightest(weights, first);
      if (second < 0) {
        return depths;
      }
      weights[first] += weights[second];
      weights[second] = 0;
      int last = deepen(first, depths, next);
      next[last] = second;
      deepen(second, depths, next);
    }
  }

  /** Adds one to all symbols of a branch; the last of them. */
  private static int deepen(int first, int[] depths, int[] next) {
    int at = first;
    depths[at]++;
    while (next[at] >= 0) {
      at = next[at];
      depths[at]++;
    }
    return at;
  }

  /** The place of the least weight, the last of equal ones; negative when there is none. */
  private static int lightest(long[] weights, int except) {
    int found = -1;
    for (int i = 0; i < weights.length; i++) {
      if (i != except && weights[i] > 0 && (found < 0 || weights[i] <= weights[found])) {
        found = i;
      }
    }
    return found;
  }

  /** Numbers of codes by length, none longer than 16 bits (T.81 Figures K.2 and K.3). */
  private static int[] counts(int[] depths) {
    int[] counts = new int[SYMBOLS + 1];
    for (int depth : depths) {
      counts[depth]++;
    }
    for (int length = SYMBOLS; length > LONGEST; length--) {
      while (counts[length] > 0) {
        int shorter = length - 2;
        while (counts[shorter] == 0) {
          shorter--;
        }
        counts[length] -= 2;
        counts[length - 1]++;
        counts[shorter + 1] += 2;
        counts[shorter]--;
      }
    }
    for (int length = LONGEST; length > 0; length--) {
      if (counts[length] > 0) {
        counts[length]--;
        break;
      }
    }
    return counts;
  }
}
