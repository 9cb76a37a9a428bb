package org.regionalpacs.dicom.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.List;
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
  private final OutputStream out;
  private final boolean bigEndian;
  private final Optional<ByteSource> source;
  private final WriteOptions options;
  private final ElementHeads heads;
  private final EncodedLengths lengths;

  DataSetWriter(
      OutputStream out, TransferSyntax syntax, Optional<ByteSource> source, WriteOptions options) {
    this.out = new BufferedOutputStream(out, 8192);
    this.bigEndian = syntax.isBigEndian();
    this.source = source;
    this.options = options;
    this.heads = new ElementHeads(syntax);
    this.lengths = new EncodedLengths(heads, options);
  }

  void write(Attributes dataSet) throws IOException {
    boolean swap = dataSet.isBigEndian() != bigEndian;
    elements(OffsetTables.replaced(dataSet, options.offsetTable(), source), swap);
    out.flush();
  }

  private void elements(Iterable<Element> dataSet, boolean swap) throws IOException {
    int group = -1;
    for (Element element : dataSet) {
      if (Tag.element(element.tag()) == 0) {
        continue;
      }
      if (options.groupLengths() && Tag.group(element.tag()) != group) {
        group = Tag.group(element.tag());
        groupLength(dataSet, group);
      }
      element(element, swap);
    }
  }

  private void groupLength(Iterable<Element> dataSet, int group) throws IOException {
    long sum = 0;
    Iterator<Element> elements = dataSet.iterator();
    while (elements.hasNext()) {
      Element element = elements.next();
      if (Tag.group(element.tag()) == group && Tag.element(element.tag()) != 0) {
        sum += lengths.of(element);
      }
    }
    byte[] value = new byte[4];
    // A group of 4 GB or more has no length that fits; zero is what toolkits write then.
    ByteOrder.putInt32(value, 0, sum > ElementHeads.MAX_LENGTH ? 0 : (int) sum, bigEndian);
    heads.write(group << 16, VR.UL, value.length, out);
    out.write(value);
  }

  private void element(Element element, boolean swap) throws IOException {
    int tag = element.tag();
    VR vr = element.vr();
    switch (element.value()) {
      case byte[] bytes -> {
        heads.write(tag, vr, bytes.length + (bytes.length & 1L), out);
        out.write(swap && vr.unit() > 1 ? ByteOrder.swapped(bytes, vr.unit()) : bytes);
        if (bytes.length % 2 != 0) {
          out.write(vr.padding());
        }
      }
      case BulkData bulk -> {
        heads.write(tag, vr, bulk.length() + (bulk.length() & 1), out);
        copy(bulk, swap ? vr.unit() : 1);
        if (bulk.length() % 2 != 0) {
          out.write(vr.padding());
        }
      }
      case Sequence items -> sequence(tag, items, swap);
      case Fragments fragments -> pixels(tag, vr, PixelItems.asTheyAre(fragments));
      case PixelItems items -> pixels(tag, vr, items);
      default -> throw new IllegalStateException(Tag.toString(tag));
    }
  }

  private void sequence(int tag, Sequence items, boolean swap) throws IOException {
    long length = lengths.inHead(tag, items);
    heads.write(tag, VR.SQ, length, out);
    for (Attributes item : items) {
      long itemLength = lengths.inHead(item);
      heads.item(Tag.Item, itemLength, out);
      elements(item, swap);
      if (itemLength == ElementHeads.UNDEFINED) {
        heads.item(Tag.ItemDelimitationItem, 0, out);
      }
    }
    if (length == ElementHeads.UNDEFINED) {
      heads.item(Tag.SequenceDelimitationItem, 0, out);
    }
  }

  private void pixels(int tag, VR vr, PixelItems pixels) throws IOException {
    heads.write(tag, vr, ElementHeads.UNDEFINED, out);
    for (List<Object> item : pixels.items()) {
      long length = PixelItems.evenLength(item);
      if (length > ElementHeads.MAX_LENGTH) {
        throw new IllegalArgumentException("a fragment is longer than 4 GB");
      }
      heads.item(Tag.Item, length, out);
      for (Object part : item) {
        if (part instanceof BulkData bulk) {
          copy(bulk, 1);
        } else {
          out.write((byte[]) part);
        }
      }
      if (PixelItems.length(item) < length) {
        out.write(0);
      }
    }
    heads.item(Tag.SequenceDelimitationItem, 0, out);
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
