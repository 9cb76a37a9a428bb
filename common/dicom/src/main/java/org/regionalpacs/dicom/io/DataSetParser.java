package org.regionalpacs.dicom.io;

import java.io.EOFException;
import java.io.IOException;
import java.util.function.IntPredicate;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.BulkData;
import org.regionalpacs.dicom.data.ByteOrder;
import org.regionalpacs.dicom.data.ElementDictionary;
import org.regionalpacs.dicom.data.Fragments;
import org.regionalpacs.dicom.data.Sequence;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;

/** Reads the elements of a data set (PS3.5 7) from a stream, in one pass. */
final class DataSetParser {
  private static final long UNDEFINED = 0xFFFF_FFFFL;
  private static final int MAX_ELEMENTS = 10_000_000;

  private final Input in;
  private final boolean topBigEndian;
  private final ParseLimits limits;
  private final Attributes top;

  // The header of the element that was read last.
  private int tag;
  private VR vr;
  private long length;
  private long start;
  private int elements;
  private boolean explicit;
  private boolean bigEndian;

  DataSetParser(Input in, TransferSyntax syntax, ParseLimits limits) {
    this.in = in;
    this.topBigEndian = syntax.isBigEndian();
    this.bigEndian = topBigEndian;
    this.explicit = syntax.isExplicit();
    this.limits = limits;
    this.top = new Attributes(topBigEndian);
  }

  /** What has been read so far, also after a failure. */
  Attributes soFar() {
    return top;
  }

  /** Reads the top-level elements for whose tags the condition holds, up to the first other. */
  Attributes parseWhile(IntPredicate condition) throws IOException {
    while (in.peek(4) >= 4 && condition.test(tagAhead())) {
      header();
      element(top, 0, limits.keep().test(tag));
    }
    return top;
  }

  /** Reads all that is left. */
  Attributes parse() throws IOException {
    parseWhile(any -> true);
    if (!in.atEnd()) {
      throw broken("the data set ends within a tag");
    }
    return top;
  }

  private int tagAhead() {
    return in.uint16Ahead(0, bigEndian) << 16 | in.uint16Ahead(2, bigEndian);
  }

  private DicomFormatException broken(String reason) {
    return new DicomFormatException(reason, in.position());
  }

  private DicomFormatException brokenElement(String reason) {
    return new DicomFormatException(Tag.toString(tag) + " " + reason, start);
  }

  /** Reads tag, VR and length. */
  private void header() throws IOException {
    start = in.position();
    if (++elements > MAX_ELEMENTS) {
      throw broken("the data set has more than " + MAX_ELEMENTS + " elements");
    }
    int there = in.peek(12);
    if (there < 8) {
      throw broken("the data set ends within the head of an element");
    }
    tag = tagAhead();
    if (tag >>> 16 == 0xFFFE || !explicit) {
      implicitHeader();
      return;
    }
    vr = VR.ofCode(in.ahead(4), in.ahead(5));
    boolean longLength = vr == null ? in.uint16Ahead(6, false) == 0 : vr.hasLongLength();
    if (vr == null) {
      unknownVr();
      if (vr == null) {
        implicitHeader();
        return;
      }
    }
    if (!longLength) {
      length = in.uint16Ahead(6, bigEndian);
      in.advance(8);
      return;
    }
    if (there < 12) {
      throw brokenElement("ends within its length");
    }
    length = Integer.toUnsignedLong(in.int32Ahead(8, bigEndian));
    in.advance(12);
  }

  private void implicitHeader() {
    vr = tag >>> 16 == 0xFFFE ? VR.UN : ElementDictionary.vrOf(tag);
    length = Integer.toUnsignedLong(in.int32Ahead(4, bigEndian));
    in.advance(8);
  }

  /** Letters are a VR of the future, read as UN; anything else is an element without a VR. */
  private void unknownVr() {
    boolean letters = isLetter(in.ahead(4)) && isLetter(in.ahead(5));
    boolean filler =
        in.ahead(4) == '?' && in.ahead(5) == '?'
            || in.ahead(4) == ' ' && in.ahead(5) == ' '
            || in.ahead(4) == '-' && in.ahead(5) == '-';
    vr = letters || filler ? VR.UN : null;
  }

  private static boolean isLetter(int c) {
    return c >= 'A' && c <= 'Z';
  }

  private void element(Attributes into, int depth, boolean keep) throws IOException {
    if (tag >>> 16 == 0xFFFE) {
      throw brokenElement("stands outside a sequence");
    }
    if (vr == VR.SQ || vr == VR.UN && length == UNDEFINED) {
      sequence(into, depth, keep);
    } else if (length == UNDEFINED) {
      fragments(into, keep);
    } else {
      value(into, keep);
    }
  }

  private void value(Attributes into, boolean keep) throws IOException {
    int element = tag;
    VR itsVr = vr;
    try {
      boolean leave = into == top && limits.leave().test(tag);
      // Values in another byte order than the data set's can't stay where they are.
      boolean swap = bigEndian != topBigEndian && itsVr.unit() > 1;
      if (!keep || !swap && (leave || length > limits.bulkDataThreshold())) {
        long at = in.position();
        long bytes = length;
        in.skip(bytes);
        if (keep) {
          into.set(element, itsVr, new BulkData(at, bytes));
        }
        return;
      }
      if (length > ParseLimits.LONGEST) {
        throw brokenElement("has " + length + " bytes, which can't be kept in memory");
      }
      byte[] bytes = in.read((int) length);
      if (swap) {
        ByteOrder.swap(bytes, 0, bytes.length, itsVr.unit());
      }
      into.set(element, itsVr == VR.US ? usOrSs(into, element) : itsVr, bytes);
    } catch (EOFException e) {
      throw brokenElement("has a length of " + length + " bytes, more than there are");
    }
  }

  /** PS3.5 A.1: without explicit VRs, Pixel Representation decides between US and SS. */
  private VR usOrSs(Attributes into, int element) {
    if (explicit
        || ElementDictionary.find(element).filter(e -> e.vrs().contains(VR.SS)).isEmpty()) {
      return VR.US;
    }
    int representation =
        into.getInt(Tag.PixelRepresentation, top.getInt(Tag.PixelRepresentation, 0));
    return representation == 1 ? VR.SS : VR.US;
  }

  private void sequence(Attributes into, int depth, boolean keep) throws IOException {
    if (depth >= limits.maxDepth()) {
      throw brokenElement("nests deeper than " + limits.maxDepth() + " sequences");
    }
    boolean itsExplicit = explicit;
    boolean itsBigEndian = bigEndian;
    if (vr == VR.UN) {
      // PS3.5 6.2.2: a UN of undefined length holds items in Implicit VR Little Endian.
      explicit = false;
      bigEndian = false;
    }
    Sequence items = keep ? into.newSequence(tag) : new Attributes(topBigEndian).newSequence(tag);
    long end = length == UNDEFINED ? Long.MAX_VALUE : in.position() + length;
    while (in.position() < end) {
      if (in.peek(8) < 8) {
        throw broken("a sequence ends without its delimiter");
      }
      header();
      if (tag == Tag.SequenceDelimitationItem) {
        in.skip(length == UNDEFINED ? 0 : length);
        break;
      }
      if (tag != Tag.Item) {
        throw brokenElement("stands where an item should begin");
      }
      item(keep ? items.addItem() : new Attributes(topBigEndian), depth + 1, keep);
    }
    explicit = itsExplicit;
    bigEndian = itsBigEndian;
  }

  private void item(Attributes item, int depth, boolean keep) throws IOException {
    long end = length == UNDEFINED ? Long.MAX_VALUE : in.position() + length;
    if (!keep && length != UNDEFINED) {
      skipItem();
      return;
    }
    while (in.position() < end) {
      header();
      if (tag == Tag.ItemDelimitationItem) {
        return;
      }
      if (tag == Tag.SequenceDelimitationItem && end == Long.MAX_VALUE) {
        throw brokenElement("stands inside an item");
      }
      element(item, depth, keep);
    }
    if (in.position() > end) {
      throw brokenElement("reaches beyond the end of its item");
    }
  }

  private void skipItem() throws IOException {
    try {
      in.skip(length);
    } catch (EOFException e) {
      throw brokenElement("has a length of " + length + " bytes, more than there are");
    }
  }

  private void fragments(Attributes into, boolean keep) throws IOException {
    int pixelData = tag;
    VR itsVr = vr;
    Fragments fragments = new Fragments();
    if (keep) {
      into.set(pixelData, itsVr, fragments);
    }
    while (true) {
      if (in.peek(8) < 8) {
        throw broken("encapsulated pixel data ends without its delimiter");
      }
      header();
      if (tag == Tag.SequenceDelimitationItem) {
        return;
      }
      if (tag != Tag.Item || length == UNDEFINED) {
        throw brokenElement("stands where a fragment should begin");
      }
      fragment(fragments);
    }
  }

  private void fragment(Fragments fragments) throws IOException {
    try {
      boolean leave = limits.fragmentsToo() || length > limits.bulkDataThreshold();
      if (leave) {
        BulkData place = new BulkData(in.position(), length);
        in.skip(length);
        fragments.add(place);
      } else {
        fragments.add(in.read((int) length));
      }
    } catch (EOFException e) {
      throw brokenElement("(a fragment) has " + length + " bytes, more than there are");
    }
  }
}
