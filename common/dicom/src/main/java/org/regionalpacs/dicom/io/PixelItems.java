package org.regionalpacs.dicom.io;

import java.util.ArrayList;
import java.util.List;
import org.regionalpacs.dicom.data.Fragments;

/**
 * The items of encapsulated pixel data as they will be written.
 *
 * @param items the Basic Offset Table first; each is the parts that make it up, which are {@code
 *     byte[]} or {@link org.regionalpacs.dicom.data.BulkData}
 */
record PixelItems(List<List<Object>> items) {

  static PixelItems asTheyAre(Fragments fragments) {
    List<List<Object>> items = new ArrayList<>(fragments.size());
    for (Object fragment : fragments) {
      items.add(List.of(fragment));
    }
    return new PixelItems(items);
  }

  /** Bytes of an item, without filling. */
  static long length(List<Object> item) {
    return item.stream().mapToLong(Fragments::length).sum();
  }

  /** Bytes of an item, filled up to an even length. */
  static long evenLength(List<Object> item) {
    long length = length(item);
    return length + (length & 1);
  }

  /** Bytes of all items with their heads. */
  long encodedLength() {
    return items.stream().mapToLong(item -> ElementHeads.ITEM + evenLength(item)).sum();
  }
}
