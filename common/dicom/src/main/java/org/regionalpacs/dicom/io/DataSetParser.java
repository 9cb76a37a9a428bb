package org.regionalpacs.dicom.io;

import java.io.EOFException;
import java.io.IOException;
import java.util.function.IntPredicate;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.ElementDictionary;
import org.regionalpacs.dicom.data.Sequence;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.dicom.io.ReadWarning.Kind;

/** Reads the elements of a data set (PS3.5 7) from a stream, in one pass. */
final class DataSetParser {
  private static final long NO_TAG = -1;

  private final Input in;
  private final ElementHead head;
  private final ParseLimits limits;
  private final Warnings warnings;
  private final Attributes top;
  private final ValueReader values;
  private long last = NO_TAG;
  private boolean pixelsRead;
  private boolean ended;

  DataSetParser(Input in, TransferSyntax syntax, ParseLimits limits, Warnings warnings) {
    this.in = in;
    this.head = new ElementHead(in, syntax, warnings);
    this.limits = limits;
    this.warnings = warnings;
    this.top = new Attributes(syntax.isBigEndian()).charsetFallback(limits.charsetFallback());
    this.values = new ValueReader(in, head, limits, top);
  }

  /** What has been read so far, also after a failure. */
  Attributes soFar() {
    return top;
  }

  /** Reads the top-level elements for whose tags the condition holds, up to the first other. */
  Attributes parseWhile(IntPredicate condition) throws IOException {
    while (!ended && in.peek(4) >= 4) {
      if (isPaddingAhead()) {
        trailingFrom(in.position());
      } else if (!condition.test(head.tagAhead())) {
        break;
      } else if (pixelsRead) {
        behindPixels();
      } else {
        topElement();
      }
    }
    return top;
  }

  /** Reads all that is left. */
  Attributes parse() throws IOException {
    parseWhile(any -> true);
    if (!ended && !in.atEnd()) {
      if (!pixelsRead && in.ahead(0) != 0) {
        throw head.broken("the data set ends within a tag");
      }
      trailingFrom(in.position());
    }
    return top;
  }

  /** Group 0000 is for commands (PS3.7): in a data set it is zeros that fill a block of a disk. */
  private boolean isPaddingAhead() {
    return last != NO_TAG && head.tagAhead() >>> 16 == 0;
  }

  private void trailingFrom(long position) throws DicomFormatException {
    ended = true;
    head.warnAt(
        Kind.TRAILING_BYTES, "the data set is followed by bytes that are no element", position);
  }

  private void topElement() throws IOException {
    head.next();
    last = inOrder(last);
    int tag = head.tag();
    element(top, 0, limits.keep().test(tag));
    pixelsRead = tag == Tag.PixelData;
  }

  /** Nothing that matters comes after the pixel data: what can't be read there is garbage. */
  private void behindPixels() throws IOException {
    long at = in.position();
    int tag = head.tagAhead();
    boolean ascends = Integer.toUnsignedLong(tag) > last;
    if (!ascends && (top.contains(tag) || ElementDictionary.find(tag).isEmpty())) {
      trailingFrom(at);
      return;
    }
    boolean known = top.contains(tag);
    long warned = warnings.count();
    try {
      head.next();
      last = inOrder(last);
      element(top, 0, limits.keep().test(tag));
    } catch (DicomFormatException e) {
      if (!known) {
        top.remove(tag);
      }
      warnings.forgetAfter(warned);
      trailingFrom(at);
    }
  }

  private long inOrder(long before) throws DicomFormatException {
    long tag = Integer.toUnsignedLong(head.tag());
    if (tag <= before) {
      head.warn(Kind.OUT_OF_ORDER, "comes after " + Tag.toString((int) before));
    }
    return tag;
  }

  private void element(Attributes into, int depth, boolean keep) throws IOException {
    if (head.tag() >>> 16 == 0xFFFE) {
      throw head.brokenElement("stands outside a sequence");
    }
    if (head.vr() == VR.SQ || head.vr() == VR.UN && head.isUndefinedLength()) {
      sequence(into, depth, keep);
    } else if (head.isUndefinedLength()) {
      values.fragments(into, keep);
    } else {
      values.value(into, keep);
    }
  }

  private void sequence(Attributes into, int depth, boolean keep) throws IOException {
    if (depth >= limits.maxDepth()) {
      throw head.brokenElement("nests deeper than " + limits.maxDepth() + " sequences");
    }
    boolean itsExplicit = head.isExplicit();
    boolean itsBigEndian = head.isBigEndian();
    if (head.vr() == VR.UN) {
      // PS3.5 6.2.2: a UN of undefined length holds items in Implicit VR Little Endian.
      head.encoding(false, false);
    }
    Attributes owner = keep ? into : new Attributes(top.isBigEndian());
    items(owner.newSequence(head.tag()), Integer.toUnsignedLong(head.tag()), depth, keep);
    head.encoding(itsExplicit, itsBigEndian);
  }

  private void items(Sequence items, long itsTag, int depth, boolean keep) throws IOException {
    boolean delimited = head.isUndefinedLength();
    long end = delimited ? Long.MAX_VALUE : in.position() + head.length();
    while (in.position() < end) {
      if (in.peek(8) < 8) {
        if (!delimited) {
          throw head.broken("a sequence ends before its length");
        }
        head.warnHere(Kind.MISSING_DELIMITER, "a sequence ends without its delimiter");
        return;
      }
      if (delimited && isBehind(itsTag)) {
        head.warnHere(Kind.MISSING_DELIMITER, "a sequence ends without its delimiter");
        return;
      }
      head.next();
      if (head.tag() == Tag.SequenceDelimitationItem) {
        skipStatedLength();
        return;
      }
      if (head.tag() != Tag.Item) {
        throw head.brokenElement("stands where an item should begin");
      }
      item(keep ? items.addItem() : new Attributes(top.isBigEndian()), depth + 1, keep);
    }
  }

  /** Whether what comes next is an element that may follow the sequence of the given tag. */
  private boolean isBehind(long sequence) {
    int ahead = head.tagAhead();
    return ahead >>> 16 != 0xFFFE
        && Integer.toUnsignedLong(ahead) > sequence
        && ElementDictionary.find(ahead).isPresent();
  }

  private void item(Attributes item, int depth, boolean keep) throws IOException {
    boolean delimited = head.isUndefinedLength();
    long end = delimited ? Long.MAX_VALUE : in.position() + head.length();
    if (!keep && !delimited) {
      skipStatedLength();
      return;
    }
    long before = NO_TAG;
    while (in.position() < end) {
      if (delimited && isUndelimited()) {
        head.warnHere(Kind.MISSING_DELIMITER, "an item ends without its delimiter");
        return;
      }
      head.next();
      if (head.tag() == Tag.ItemDelimitationItem) {
        return;
      }
      before = inOrder(before);
      element(item, depth, keep);
    }
    if (in.position() > end) {
      throw head.brokenElement("reaches beyond the end of its item");
    }
  }

  /** Whether the stream, the next item or the end of the sequence comes before the delimiter. */
  private boolean isUndelimited() throws IOException {
    if (in.peek(8) < 8) {
      return true;
    }
    int ahead = head.tagAhead();
    return ahead == Tag.Item || ahead == Tag.SequenceDelimitationItem;
  }

  /** Of an item, or of a delimiter, which should have none. */
  private void skipStatedLength() throws IOException {
    try {
      in.skip(head.isUndefinedLength() ? 0 : head.length());
    } catch (EOFException e) {
      throw head.tooLong("");
    }
  }
}
