package org.regionalpacs.codec.jpeg;

import org.regionalpacs.codec.CorruptFrameException;
import org.regionalpacs.dicom.data.ByteOrder;

/** The bits of a scan, without stuffed bytes (T.81 B.1.1.5, F.2.2), up to the next marker. */
final class EntropyBits {
  private static final int FIRST_RESTART = 0xD0;

  /** A code and the bits that follow it have no more. */
  private static final int MOST_AT_ONCE = 32;

  private final byte[] bytes;
  private int at;

  /** The next bit is the highest; those after {@code count} are 0. */
  private long bits;

  private int count;
  private int restarts;

  EntropyBits(byte[] bytes, int at) {
    this.bytes = bytes;
    this.at = at;
  }

  /** Where the marker is that ended the bits, if all were read. */
  int position() {
    return at;
  }

  /** The value of the next code. */
  int symbol(Huffman table) throws CorruptFrameException {
    fill();
    int entry = entry(table);
    take(entry >> 8);
    return entry & 0xFF;
  }

  /**
   * The next difference of samples: a code gives the number of bits of it that follow (T.81
   * H.1.2.2); 16 stands for 32768 and has none.
   */
  int difference(Huffman table) throws CorruptFrameException {
    fill();
    int entry = entry(table);
    take(entry >> 8);
    int size = entry & 0xFF;
    if (size < 16) {
      return size == 0 ? 0 : signed(size);
    }
    if (size > 16) {
      throw new CorruptFrameException("a JPEG difference has more than 16 bits");
    }
    return 1 << 15;
  }

  /** Bits as a signed number (T.81 F.2.2.1, EXTEND). */
  int signed(int size) throws CorruptFrameException {
    int value = unsigned(size);
    return value < 1 << size - 1 ? value - (1 << size) + 1 : value;
  }

  /**
   * Bits as a number.
   *
   * @param size 1 to 16
   */
  int unsigned(int size) throws CorruptFrameException {
    fill();
    int value = (int) (bits >>> Long.SIZE - size);
    take(size);
    return value;
  }

  /** Leaves an interval: what is left of its last byte, and the marker after it (T.81 E.2.4). */
  void restart() throws CorruptFrameException {
    bits = 0;
    count = 0;
    while (at + 1 < bytes.length && bytes[at] == -1 && bytes[at + 1] == -1) {
      at++;
    }
    int expected = FIRST_RESTART + (restarts++ & 7);
    boolean there = at + 1 < bytes.length && bytes[at] == -1 && (bytes[at + 1] & 0xFF) == expected;
    if (!there) {
      throw new CorruptFrameException("a JPEG codestream lacks a restart marker");
    }
    at += 2;
  }

  /** Whether one of four bytes is FF: what follows that isn't bits (T.81 B.1.1.5). */
  static boolean hasMarkers(int word) {
    return (~word - 0x0101_0101 & word & 0x8080_8080) != 0;
  }

  private int entry(Huffman table) throws CorruptFrameException {
    int entry = table.entry(bits);
    if (entry == Huffman.NONE) {
      throw new CorruptFrameException("a JPEG codestream has bits that are no code");
    }
    return entry;
  }

  private void take(int size) throws CorruptFrameException {
    if (size > count) {
      throw new CorruptFrameException("a JPEG codestream is cut off");
    }
    bits <<= size;
    count -= size;
  }

  private void fill() {
    if (count < MOST_AT_ONCE) {
      fillMore();
    }
  }

  private void fillMore() {
    if (at + Integer.BYTES <= bytes.length) {
      int next = ByteOrder.int32(bytes, at, true);
      if (!hasMarkers(next)) {
        bits |= (next & 0xFFFF_FFFFL) << Integer.SIZE - count;
        count += Integer.SIZE;
        at += Integer.BYTES;
        return;
      }
    }
    while (count < MOST_AT_ONCE && at < bytes.length) {
      int next = bytes[at] & 0xFF;
      if (next == 0xFF) {
        if (at + 1 >= bytes.length || bytes[at + 1] != 0) {
          return;
        }
        at++;
      }
      at++;
      bits |= (long) next << Long.SIZE - 8 - count;
      count += 8;
    }
  }
}
