package org.regionalpacs.wado.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.regionalpacs.dicom.data.BulkData;
import org.regionalpacs.dicom.data.Fragments;
import org.regionalpacs.dicom.io.ByteSource;

/**
 * Pixel data that some toolkits send as it stands in their files, items and delimiter included
 * (PS3.5 A.4), where PS3.18 8.7.3.3.2 wants the compressed stream alone.
 */
final class EncapsulatedValue {
  private static final int HEAD = 8;
  private static final int ITEM = 0xE000FFFE;
  private static final int DELIMITER = 0xE0DDFFFE;
  private static final int MOST = 1_000_000;

  private EncapsulatedValue() {}

  /** The items of a value; empty when it isn't made of items from its first byte to its last. */
  static Optional<Fragments> read(ByteSource source, BulkData value) throws IOException {
    Fragments fragments = new Fragments();
    long end = value.offset() + value.length();
    long position = value.offset();
    while (end - position >= HEAD && fragments.size() <= MOST) {
      ByteBuffer head = head(source, position);
      int tag = head.getInt();
      long length = Integer.toUnsignedLong(head.getInt());
      position += HEAD;
      if (tag == DELIMITER) {
        boolean whole = length == 0 && !fragments.isEmpty();
        return whole ? Optional.of(fragments) : Optional.empty();
      }
      if (tag != ITEM || length > end - position) {
        return Optional.empty();
      }
      fragments.add(new BulkData(position, length));
      position += length;
    }
    return position == end && fragments.size() > 1 ? Optional.of(fragments) : Optional.empty();
  }

  private static ByteBuffer head(ByteSource source, long position) throws IOException {
    try (InputStream in = source.open(position, HEAD)) {
      return ByteBuffer.wrap(in.readNBytes(HEAD)).order(ByteOrder.LITTLE_ENDIAN);
    }
  }
}
