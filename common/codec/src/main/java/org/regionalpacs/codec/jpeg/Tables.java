package org.regionalpacs.codec.jpeg;

import java.util.Arrays;
import org.regionalpacs.codec.CorruptFrameException;
import org.regionalpacs.dicom.data.ByteOrder;

/** Tables and the restart interval, as the last segments that define them say (T.81 B.2.4). */
final class Tables {
  private static final int[] ZIGZAG = {
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20,
    13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59,
    52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63
  };

  private final Huffman[] dc = new Huffman[4];
  private final Huffman[] ac = new Huffman[4];
  private final int[][] quantization = new int[4][];
  private int restartInterval;

  /** The place in a block of its coefficient of that number (T.81 A.3.6). */
  static int natural(int coefficient) {
    return ZIGZAG[coefficient];
  }

  /** MCUs of an interval; 0 when there are no intervals. */
  int restartInterval() {
    return restartInterval;
  }

  /** For coefficients of frequency 0, and for differences of lossless coding. */
  Huffman dc(int number) throws CorruptFrameException {
    return defined(dc, number);
  }

  /** For the other coefficients. */
  Huffman ac(int number) throws CorruptFrameException {
    return defined(ac, number);
  }

  /** 64 steps, in the order of a block's rows. */
  int[] quantization(int number) throws CorruptFrameException {
    return defined(quantization, number);
  }

  private static <T> T defined(T[] tables, int number) throws CorruptFrameException {
    if (number >= tables.length || tables[number] == null) {
      throw new CorruptFrameException("a JPEG codestream lacks a table that it uses");
    }
    return tables[number];
  }

  /** Reads a segment DRI. */
  void readRestartInterval(byte[] bytes, int at, int length) throws CorruptFrameException {
    require(length >= 2);
    restartInterval = ByteOrder.uint16(bytes, at, true);
  }

  /** Reads a segment DHT. */
  void readHuffman(byte[] bytes, int at, int length) throws CorruptFrameException {
    int end = at + length;
    while (at < end) {
      require(end - at >= 17);
      int kind = bytes[at] & 0xFF;
      require((kind & 0xEF) < 4);
      int values = 0;
      for (int i = 1; i <= 16; i++) {
        values += bytes[at + i] & 0xFF;
      }
      require(values <= 256 && end - at >= 17 + values);
      byte[] inOrder = Arrays.copyOfRange(bytes, at + 17, at + 17 + values);
      (kind < 16 ? dc : ac)[kind & 3] = new Huffman(bytes, at + 1, inOrder);
      at += 17 + values;
    }
  }

  /** Reads a segment DQT. */
  void readQuantization(byte[] bytes, int at, int length) throws CorruptFrameException {
    int end = at + length;
    while (at < end) {
      int kind = bytes[at++] & 0xFF;
      int size = kind < 16 ? 1 : 2;
      require((kind & 0xEF) < 4 && end - at >= 64 * size);
      int[] steps = new int[64];
      for (int i = 0; i < 64; i++, at += size) {
        steps[ZIGZAG[i]] = size == 1 ? bytes[at] & 0xFF : ByteOrder.uint16(bytes, at, true);
      }
      quantization[kind & 3] = steps;
    }
  }

  private static void require(boolean condition) throws CorruptFrameException {
    if (!condition) {
      throw new CorruptFrameException("a table of a JPEG codestream can't be read");
    }
  }
}
