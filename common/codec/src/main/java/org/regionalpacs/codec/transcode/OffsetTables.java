package org.regionalpacs.codec.transcode;

import java.util.List;
import java.util.Optional;
import org.regionalpacs.dicom.data.BulkData;
import org.regionalpacs.dicom.data.ByteOrder;

/** Where frames of one fragment each begin, from the item tag of the first one. */
final class OffsetTables {
  /** Bytes of the head of an item. */
  private static final int ITEM = 8;

  private static final long REACH = 0xFFFF_FFFFL;

  private OffsetTables() {}

  /** A Basic Offset Table (PS3.5 A.4); empty when 32 bits don't reach the last frame. */
  static Optional<byte[]> basic(List<BulkData> frames) {
    byte[] table = new byte[frames.size() * Integer.BYTES];
    long at = 0;
    for (int i = 0; i < frames.size(); i++) {
      if (at > REACH) {
        return Optional.empty();
      }
      ByteOrder.putInt32(table, i * Integer.BYTES, (int) at, false);
      at += itemLength(frames.get(i));
    }
    return Optional.of(table);
  }

  /** An Extended Offset Table (PS3.3 C.7.6.3.1.8), in the byte order of its data set. */
  static byte[] extended(List<BulkData> frames, boolean bigEndian) {
    byte[] table = new byte[frames.size() * Long.BYTES];
    long at = 0;
    for (int i = 0; i < frames.size(); i++) {
      ByteOrder.putInt64(table, i * Long.BYTES, at, bigEndian);
      at += itemLength(frames.get(i));
    }
    return table;
  }

  /** Extended Offset Table Lengths: those of codestreams, without what makes them even. */
  static byte[] lengths(List<BulkData> frames, boolean bigEndian) {
    byte[] table = new byte[frames.size() * Long.BYTES];
    for (int i = 0; i < frames.size(); i++) {
      ByteOrder.putInt64(table, i * Long.BYTES, frames.get(i).length(), bigEndian);
    }
    return table;
  }

  private static long itemLength(BulkData frame) {
    return ITEM + frame.length() + (frame.length() & 1);
  }
}
