package org.regionalpacs.codec.display;

import java.util.Arrays;
import org.regionalpacs.codec.UnsupportedImageException;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.ByteOrder;

/** Expands segmented palette data (PS3.3 C.7.9.2). */
final class SegmentedTable {
  private static final int DISCRETE = 0;
  private static final int LINEAR = 1;
  private static final int INDIRECT = 2;

  private final int[] words;
  private final boolean bytes;
  private final int[] entries;
  private int filled;

  private SegmentedTable(int[] words, boolean bytes, int count) {
    this.words = words;
    this.bytes = bytes;
    this.entries = new int[count];
  }

  /**
   * @param count entries that the descriptor promises
   * @param bytes whether opcodes, lengths and values are bytes, else words
   */
  static int[] expand(Attributes dataSet, int tag, int count, boolean bytes)
      throws UnsupportedImageException {
    byte[] data = dataSet.getBytes(tag).orElse(new byte[0]);
    int[] words = new int[bytes ? data.length : data.length / 2];
    boolean swapped = bytes && dataSet.isBigEndian() && data.length % 2 == 0;
    for (int i = 0; i < words.length; i++) {
      words[i] =
          bytes
              ? data[swapped ? i ^ 1 : i] & 0xFF
              : ByteOrder.uint16(data, 2 * i, dataSet.isBigEndian());
    }
    SegmentedTable table = new SegmentedTable(words, bytes, count);
    for (int at = 0; at + 2 <= words.length && table.filled < count; ) {
      at = table.segment(at, true);
    }
    return table.filled == count ? table.entries : Arrays.copyOf(table.entries, table.filled());
  }

  private int filled() throws UnsupportedImageException {
    if (filled == 0) {
      throw new UnsupportedImageException("a segmented color table is empty");
    }
    return filled;
  }

  /** Takes one segment and returns where the next begins. */
  private int segment(int at, boolean outermost) throws UnsupportedImageException {
    int length = word(at + 1);
    switch (word(at)) {
      case DISCRETE -> {
        for (int i = 0; i < length; i++) {
          put(word(at + 2 + i));
        }
        return at + 2 + length;
      }
      case LINEAR -> {
        line(length, word(at + 2));
        return at + 3;
      }
      case INDIRECT -> {
        if (!outermost) {
          throw new UnsupportedImageException("a segment of a color table refers to a reference");
        }
        int from = reference(at + 2);
        for (int i = 0; i < length && filled < entries.length; i++) {
          from = segment(from, false);
        }
        return at + (bytes ? 6 : 4);
      }
      default -> throw new UnsupportedImageException("a color table has an unknown segment");
    }
  }

  /** C.7.9.2.3: an offset in bytes, of 32 bits, the lower 16 first. */
  private int reference(int at) throws UnsupportedImageException {
    if (bytes) {
      return word(at) | word(at + 1) << 8 | word(at + 2) << 16 | word(at + 3) << 24;
    }
    int offset = word(at) | word(at + 1) << 16;
    if (offset % 2 != 0) {
      throw new UnsupportedImageException("a segment of a color table begins within a word");
    }
    return offset / 2;
  }

  private void line(int length, int last) throws UnsupportedImageException {
    if (filled == 0) {
      throw new UnsupportedImageException("a color table begins with a linear segment");
    }
    int first = entries[filled - 1];
    for (int i = 1; i <= length; i++) {
      put(first + (int) Math.round((last - first) * (double) i / length));
    }
  }

  private void put(int entry) {
    if (filled < entries.length) {
      entries[filled++] = entry;
    }
  }

  private int word(int at) throws UnsupportedImageException {
    if (at < 0 || at >= words.length) {
      throw new UnsupportedImageException("a segmented color table is cut off");
    }
    return words[at];
  }
}
