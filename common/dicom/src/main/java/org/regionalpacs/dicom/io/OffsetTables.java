package org.regionalpacs.dicom.io;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.ByteOrder;
import org.regionalpacs.dicom.data.Element;
import org.regionalpacs.dicom.data.Fragments;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;

/** Replaces the offset tables of encapsulated pixel data (PS3.5 A.4, PS3.3 C.7.6.3.1.8). */
final class OffsetTables {
  private static final byte[] EMPTY = {};

  private OffsetTables() {}

  /**
   * The elements of a data set with the offset tables that are asked for.
   *
   * @throws NoPixelDataException when it can't be told which fragments make which frame
   * @throws IllegalArgumentException when a Basic Offset Table would have to reach beyond 4 GB
   */
  static Iterable<Element> replaced(
      Attributes dataSet, OffsetTable table, Optional<ByteSource> source) throws IOException {
    Object pixels = dataSet.element(Tag.PixelData).map(Element::value).orElse(EMPTY);
    if (table == OffsetTable.AS_IS
        || !(pixels instanceof Fragments fragments)
        || fragments.size() < 2) {
      return dataSet;
    }
    List<Element> elements = new ArrayList<>(dataSet.size() + 2);
    for (Element element : dataSet) {
      switch (element.tag()) {
        case Tag.ExtendedOffsetTable, Tag.ExtendedOffsetTableLengths -> {}
        case Tag.PixelData -> elements.addAll(pixels(element, table, dataSet, source));
        default -> elements.add(element);
      }
    }
    return elements;
  }

  private static List<Element> pixels(
      Element pixels, OffsetTable table, Attributes dataSet, Optional<ByteSource> source)
      throws IOException {
    Fragments fragments = (Fragments) pixels.value();
    return switch (table) {
      case AS_IS -> List.of(pixels);
      case EMPTY -> List.of(element(pixels, EMPTY, single(fragments)));
      case BASIC -> {
        List<List<Object>> frames = FragmentedFrames.find(fragments, dataSet, source);
        yield List.of(element(pixels, basic(frames), single(fragments)));
      }
      case EXTENDED -> {
        List<List<Object>> frames = FragmentedFrames.find(fragments, dataSet, source);
        long[] lengths = frames.stream().mapToLong(PixelItems::length).toArray();
        yield List.of(
            numbers(Tag.ExtendedOffsetTable, offsets(frames, true), dataSet),
            numbers(Tag.ExtendedOffsetTableLengths, lengths, dataSet),
            element(pixels, EMPTY, frames));
      }
    };
  }

  private static List<List<Object>> single(Fragments fragments) {
    return fragments.stream().skip(1).map(List::of).toList();
  }

  private static Element element(Element pixels, byte[] table, List<List<Object>> items) {
    List<List<Object>> all = new ArrayList<>(items.size() + 1);
    all.add(List.of(table));
    all.addAll(items);
    return new Element(pixels.tag(), pixels.vr(), new PixelItems(all));
  }

  private static byte[] basic(List<List<Object>> frames) {
    long[] offsets = offsets(frames, false);
    if (offsets[offsets.length - 1] > 0xFFFF_FFFFL) {
      throw new IllegalArgumentException("a Basic Offset Table can't reach frames beyond 4 GB");
    }
    // It is a fragment, and those are in little endian always (PS3.5 A.4).
    byte[] table = new byte[offsets.length * Integer.BYTES];
    for (int i = 0; i < offsets.length; i++) {
      ByteOrder.putInt32(table, i * Integer.BYTES, (int) offsets[i], false);
    }
    return table;
  }

  /** Where frames begin, from the first fragment's item tag. */
  private static long[] offsets(List<List<Object>> frames, boolean joined) {
    long[] offsets = new long[frames.size()];
    long at = 0;
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = at;
      List<List<Object>> items =
          joined ? List.of(frames.get(i)) : frames.get(i).stream().map(List::of).toList();
      at += new PixelItems(items).encodedLength();
    }
    return offsets;
  }

  /** An element like others: in the byte order of its data set, whatever that is written in. */
  private static Element numbers(int tag, long[] numbers, Attributes dataSet) {
    byte[] bytes = new byte[numbers.length * Long.BYTES];
    for (int i = 0; i < numbers.length; i++) {
      ByteOrder.putInt64(bytes, i * Long.BYTES, numbers[i], dataSet.isBigEndian());
    }
    return new Element(tag, VR.OV, bytes);
  }
}
