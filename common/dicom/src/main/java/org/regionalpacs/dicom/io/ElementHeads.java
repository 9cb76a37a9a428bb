package org.regionalpacs.dicom.io;

import java.io.IOException;
import java.io.OutputStream;
import org.regionalpacs.dicom.data.ByteOrder;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;

/** Tag, VR and length before each value (PS3.5 7.1). */
final class ElementHeads {
  static final int UNDEFINED = -1;

  /** The longest value; one more means undefined. */
  static final long MAX_LENGTH = 0xFFFF_FFFEL;

  /** Bytes of the head of an item or a delimiter. */
  static final int ITEM = 8;

  private final boolean explicit;
  private final boolean bigEndian;
  private final byte[] head = new byte[12];

  ElementHeads(TransferSyntax syntax) {
    this.explicit = syntax.isExplicit();
    this.bigEndian = syntax.isBigEndian();
  }

  boolean isExplicit() {
    return explicit;
  }

  /** PS3.5 6.2.2: a value too long for the 16-bit length of its VR becomes UN. */
  private static VR written(VR vr, long length) {
    return vr.hasLongLength() || length >= 0 && length <= 0xFFFF ? vr : VR.UN;
  }

  /** Bytes of the head of a value of so many bytes. */
  int size(VR vr, long length) {
    return explicit && written(vr, length).hasLongLength() ? 12 : 8;
  }

  /**
   * @param length even, or {@link #UNDEFINED}
   * @throws IllegalArgumentException when the value is longer than 4 GB
   */
  void write(int tag, VR vr, long length, OutputStream out) throws IOException {
    if (length > MAX_LENGTH) {
      throw new IllegalArgumentException(Tag.toString(tag) + " is longer than 4 GB");
    }
    if (!explicit) {
      item(tag, length, out);
      return;
    }
    ByteOrder.putInt16(head, 0, tag >>> 16, bigEndian);
    ByteOrder.putInt16(head, 2, tag, bigEndian);
    VR written = written(vr, length);
    head[4] = (byte) written.name().charAt(0);
    head[5] = (byte) written.name().charAt(1);
    if (!written.hasLongLength()) {
      ByteOrder.putInt16(head, 6, (int) length, bigEndian);
      out.write(head, 0, 8);
      return;
    }
    head[6] = 0;
    head[7] = 0;
    ByteOrder.putInt32(head, 8, (int) length, bigEndian);
    out.write(head, 0, 12);
  }

  /** Writes the head of an item or a delimiter, which have no VR (PS3.5 7.5). */
  void item(int tag, long length, OutputStream out) throws IOException {
    ByteOrder.putInt16(head, 0, tag >>> 16, bigEndian);
    ByteOrder.putInt16(head, 2, tag, bigEndian);
    ByteOrder.putInt32(head, 4, (int) length, bigEndian);
    out.write(head, 0, ITEM);
  }
}
