package org.regionalpacs.dicom.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.BulkData;
import org.regionalpacs.dicom.data.ByteOrder;
import org.regionalpacs.dicom.data.Element;
import org.regionalpacs.dicom.data.Fragments;
import org.regionalpacs.dicom.data.Sequence;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;

/** Writes the elements of a data set (PS3.5 7). */
final class DataSetWriter {
  private static final int UNDEFINED = -1;
  private static final long MAX_LENGTH = 0xFFFF_FFFEL;

  private final OutputStream out;
  private final boolean explicit;
  private final boolean bigEndian;
  private final Optional<ByteSource> source;
  private final boolean groupLengths;
  private final byte[] head = new byte[12];

  DataSetWriter(
      OutputStream out, TransferSyntax syntax, Optional<ByteSource> source, boolean groupLengths) {
    this.out = new BufferedOutputStream(out, 8192);
    this.explicit = syntax.isExplicit();
    this.bigEndian = syntax.isBigEndian();
    this.source = source;
    this.groupLengths = groupLengths;
  }

  void write(Attributes dataSet) throws IOException {
    elements(dataSet);
    out.flush();
  }

  private void elements(Attributes dataSet) throws IOException {
    boolean swap = dataSet.isBigEndian() != bigEndian;
    for (Element element : dataSet) {
      if (Tag.element(element.tag()) != 0 || groupLengths) {
        element(element, swap);
      }
    }
  }

  private void element(Element element, boolean swap) throws IOException {
    int tag = element.tag();
    VR vr = element.vr();
    switch (element.value()) {
      case byte[] bytes -> {
        header(tag, vr, bytes.length + (bytes.length & 1L));
        out.write(swap && vr.unit() > 1 ? ByteOrder.swapped(bytes, vr.unit()) : bytes);
        if (bytes.length % 2 != 0) {
          out.write(vr.padding());
        }
      }
      case BulkData bulk -> {
        header(tag, vr, bulk.length() + (bulk.length() & 1));
        copy(bulk, swap ? vr.unit() : 1);
        if (bulk.length() % 2 != 0) {
          out.write(vr.padding());
        }
      }
      case Sequence items -> sequence(tag, items);
      case Fragments fragments -> fragments(tag, vr, fragments);
      default -> throw new IllegalStateException(Tag.toString(tag));
    }
  }

  private void sequence(int tag, Sequence items) throws IOException {
    header(tag, VR.SQ, items.isEmpty() ? 0 : UNDEFINED);
    for (Attributes item : items) {
      delimiter(Tag.Item, UNDEFINED);
      elements(item);
      delimiter(Tag.ItemDelimitationItem, 0);
    }
    if (!items.isEmpty()) {
      delimiter(Tag.SequenceDelimitationItem, 0);
    }
  }

  private void fragments(int tag, VR vr, Fragments fragments) throws IOException {
    header(tag, vr, UNDEFINED);
    for (Object fragment : fragments) {
      long length = Fragments.length(fragment);
      delimiter(Tag.Item, (int) (length + (length & 1)));
      if (fragment instanceof BulkData bulk) {
        copy(bulk, 1);
      } else {
        out.write((byte[]) fragment);
      }
      if (length % 2 != 0) {
        out.write(0);
      }
    }
    delimiter(Tag.SequenceDelimitationItem, 0);
  }

  private void header(int tag, VR vr, long length) throws IOException {
    if (length > MAX_LENGTH) {
      throw new IllegalArgumentException(Tag.toString(tag) + " is longer than 4 GB");
    }
    ByteOrder.putInt16(head, 0, tag >>> 16, bigEndian);
    ByteOrder.putInt16(head, 2, tag, bigEndian);
    if (!explicit) {
      ByteOrder.putInt32(head, 4, (int) length, bigEndian);
      out.write(head, 0, 8);
      return;
    }
    // PS3.5 6.2.2: a value too long for the 16-bit length of its VR becomes UN.
    VR written = vr.hasLongLength() || length >= 0 && length <= 0xFFFF ? vr : VR.UN;
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

  private void delimiter(int tag, int length) throws IOException {
    ByteOrder.putInt16(head, 0, tag >>> 16, bigEndian);
    ByteOrder.putInt16(head, 2, tag, bigEndian);
    ByteOrder.putInt32(head, 4, length, bigEndian);
    out.write(head, 0, 8);
  }

  private void copy(BulkData bulk, int unit) throws IOException {
    ByteSource bytes =
        source.orElseThrow(() ->
            new IllegalArgumentException("a value was left in its source, which isn't given"));
    try (InputStream in = bytes.open(bulk.offset(), bulk.length())) {
      Swapping.copy(in, bulk.length(), unit, out);
    }
  }
}
