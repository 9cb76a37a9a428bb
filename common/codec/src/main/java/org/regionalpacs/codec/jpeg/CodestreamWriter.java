package org.regionalpacs.codec.jpeg;

import java.util.Arrays;
import org.regionalpacs.dicom.data.ByteOrder;

/** Writes segments and, after a scan header, bits into which bytes are stuffed (T.81 B.1.1). */
final class CodestreamWriter {
  static final int SOI = 0xD8;
  static final int EOI = 0xD9;
  static final int SOS = 0xDA;
  static final int DQT = 0xDB;
  static final int DHT = 0xC4;

  private byte[] bytes;
  private int length;

  /** Bits that don't fill a word yet are the lowest {@code count}. */
  private long bits;

  private int count;

  /**
   * @param expected bytes of the codestream; more are possible
   */
  CodestreamWriter(int expected) {
    this.bytes = new byte[Math.max(64, expected)];
  }

  void marker(int marker) {
    reserve(2);
    append(0xFF);
    append(marker);
  }

  /** A marker, the length, and the content. */
  void segment(int marker, byte... content) {
    marker(marker);
    reserve(2 + content.length);
    append(content.length + 2 >> 8);
    append(content.length + 2);
    System.arraycopy(content, 0, bytes, length, content.length);
    length += content.length;
  }

  /** The frame header of components that all have a pair of factors and a table (T.81 B.2.2). */
  void frame(int marker, int precision, int rows, int columns, byte[]... components) {
    byte[] content = new byte[6 + 3 * components.length];
    content[0] = (byte) precision;
    content[1] = (byte) (rows >> 8);
    content[2] = (byte) rows;
    content[3] = (byte) (columns >> 8);
    content[4] = (byte) columns;
    content[5] = (byte) components.length;
    for (int i = 0; i < components.length; i++) {
      System.arraycopy(components[i], 0, content, 6 + 3 * i, 3);
    }
    segment(marker, content);
  }

  /**
   * Bits of a scan.
   *
   * @param size 0 to 32 of them, the lowest of the value
   */
  void bits(long value, int size) {
    bits = bits << size | value & (1L << size) - 1;
    count += size;
    if (count >= Integer.SIZE) {
      count -= Integer.SIZE;
      word((int) (bits >>> count));
    }
  }

  private void word(int next) {
    reserve(2 * Integer.BYTES);
    if (EntropyBits.hasMarkers(next)) {
      for (int shift = Integer.SIZE - 8; shift >= 0; shift -= 8) {
        stuffed(next >>> shift & 0xFF);
      }
      return;
    }
    ByteOrder.putInt32(bytes, length, next, true);
    length += Integer.BYTES;
  }

  private void stuffed(int next) {
    append(next);
    if (next == 0xFF) {
      append(0);
    }
  }

  /** Fills the last byte of a scan with ones (T.81 F.1.2.3). */
  void endBits() {
    bits(-1, -count & 7);
    reserve(2 * Integer.BYTES);
    while (count > 0) {
      count -= 8;
      stuffed((int) (bits >>> count) & 0xFF);
    }
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  private void reserve(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length + bytes.length / 2));
    }
  }

  private void append(int one) {
    bytes[length++] = (byte) one;
  }
}
