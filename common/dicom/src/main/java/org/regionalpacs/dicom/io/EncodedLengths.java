package org.regionalpacs.dicom.io;

import java.util.IdentityHashMap;
import java.util.Map;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.BulkData;
import org.regionalpacs.dicom.data.Element;
import org.regionalpacs.dicom.data.ElementDictionary;
import org.regionalpacs.dicom.data.Fragments;
import org.regionalpacs.dicom.data.Sequence;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;

/**
 * How many bytes elements will take, known before any is written. Each item is added up once; a
 * number is kept for each, and no value is touched.
 */
final class EncodedLengths {
  /** Bytes of (gggg,0000), in any encoding. */
  private static final int GROUP_LENGTH = 12;

  private final ElementHeads heads;
  private final WriteOptions options;
  private final Map<Object, Long> known = new IdentityHashMap<>();

  EncodedLengths(ElementHeads heads, WriteOptions options) {
    this.heads = heads;
    this.options = options;
  }

  /** The length in the head of a sequence: of its items, or undefined. */
  long inHead(int tag, Sequence items) {
    if (items.isEmpty()) {
      return 0;
    }
    boolean seen = heads.isExplicit() || ElementDictionary.vrOf(tag) == VR.SQ;
    if (options.sequences() == WriteOptions.Lengths.UNDEFINED || !seen) {
      return ElementHeads.UNDEFINED;
    }
    long length = content(items);
    return length > ElementHeads.MAX_LENGTH ? ElementHeads.UNDEFINED : length;
  }

  /** The length in the head of an item: of its elements, or undefined. */
  long inHead(Attributes item) {
    if (options.items() == WriteOptions.Lengths.UNDEFINED) {
      return ElementHeads.UNDEFINED;
    }
    long length = content(item);
    return length > ElementHeads.MAX_LENGTH ? ElementHeads.UNDEFINED : length;
  }

  /** Bytes of an element with its head. */
  long of(Element element) {
    return switch (element.value()) {
      case byte[] bytes -> value(element.vr(), bytes.length);
      case BulkData bulk -> value(element.vr(), bulk.length());
      case Sequence items -> {
        boolean delimited = inHead(element.tag(), items) == ElementHeads.UNDEFINED;
        yield heads.size(VR.SQ, 0) + content(items) + (delimited ? ElementHeads.ITEM : 0);
      }
      case Fragments fragments -> encapsulated(element.vr(), PixelItems.asTheyAre(fragments));
      case PixelItems items -> encapsulated(element.vr(), items);
      default -> throw new IllegalStateException(Tag.toString(element.tag()));
    };
  }

  private long value(VR vr, long length) {
    long even = length + (length & 1);
    return heads.size(vr, even) + even;
  }

  private long encapsulated(VR vr, PixelItems items) {
    return heads.size(vr, ElementHeads.UNDEFINED) + items.encodedLength() + ElementHeads.ITEM;
  }

  private long content(Sequence items) {
    Long before = known.get(items);
    if (before != null) {
      return before;
    }
    long sum = 0;
    for (Attributes item : items) {
      boolean delimited = inHead(item) == ElementHeads.UNDEFINED;
      sum += ElementHeads.ITEM + content(item) + (delimited ? ElementHeads.ITEM : 0);
    }
    known.put(items, sum);
    return sum;
  }

  private long content(Attributes item) {
    Long before = known.get(item);
    if (before != null) {
      return before;
    }
    long sum = 0;
    int group = -1;
    for (Element element : item) {
      if (Tag.element(element.tag()) != 0) {
        if (options.groupLengths() && Tag.group(element.tag()) != group) {
          group = Tag.group(element.tag());
          sum += GROUP_LENGTH;
        }
        sum += of(element);
      }
    }
    known.put(item, sum);
    return sum;
  }
}
