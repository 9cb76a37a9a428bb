package org.regionalpacs.dicom.io;

import java.io.IOException;
import org.regionalpacs.dicom.data.ElementDictionary;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.dicom.io.ReadWarning.Kind;

/** Tag, VR and length of the element that was read last (PS3.5 7.1). */
final class ElementHead {
  static final long UNDEFINED = 0xFFFF_FFFFL;
  private static final int MAX_ELEMENTS = 10_000_000;

  private final Input in;
  private final Warnings warnings;
  private int tag;
  private VR vr = VR.UN;
  private long length;
  private long start;
  private int elements;

  /** How the next heads are encoded; changes inside a UN of undefined length. */
  private boolean explicit;

  private boolean bigEndian;

  ElementHead(Input in, TransferSyntax syntax, Warnings warnings) {
    this.in = in;
    this.warnings = warnings;
    this.explicit = syntax.isExplicit();
    this.bigEndian = syntax.isBigEndian();
  }

  int tag() {
    return tag;
  }

  VR vr() {
    return vr;
  }

  long length() {
    return length;
  }

  boolean isUndefinedLength() {
    return length == UNDEFINED;
  }

  boolean isExplicit() {
    return explicit;
  }

  boolean isBigEndian() {
    return bigEndian;
  }

  void encoding(boolean nowExplicit, boolean nowBigEndian) {
    explicit = nowExplicit;
    bigEndian = nowBigEndian;
  }

  /** The tag that comes next; four bytes must be there. */
  int tagAhead() {
    return in.uint16Ahead(0, bigEndian) << 16 | in.uint16Ahead(2, bigEndian);
  }

  /** Reads the next head. */
  void next() throws IOException {
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
      implicit();
    } else {
      explicit(there);
    }
    if (length % 2 != 0 && length != UNDEFINED) {
      warn(Kind.ODD_LENGTH, "has an odd length of " + length + " bytes");
    }
  }

  private void implicit() {
    vr = tag >>> 16 == 0xFFFE ? VR.UN : ElementDictionary.vrOf(tag);
    length = Integer.toUnsignedLong(in.int32Ahead(4, bigEndian));
    in.advance(8);
  }

  private void explicit(int there) throws IOException {
    VR named = VR.ofCode(in.ahead(4), in.ahead(5));
    boolean longLength = named == null ? in.uint16Ahead(6, false) == 0 : named.hasLongLength();
    if (named == null) {
      warn(Kind.UNKNOWN_VR, "has a VR that doesn't exist");
      if (!looksLikeVr()) {
        implicit();
        return;
      }
      named = VR.UN;
    }
    vr = named;
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

  /** Letters are a VR of the future, read as UN; anything else is an element without a VR. */
  private boolean looksLikeVr() {
    int first = in.ahead(4);
    int second = in.ahead(5);
    boolean filler = first == second && (first == '?' || first == ' ' || first == '-');
    return filler || isLetter(first) && isLetter(second);
  }

  private static boolean isLetter(int c) {
    return c >= 'A' && c <= 'Z';
  }

  /** Warns of this element. */
  void warn(Kind kind, String message) throws DicomFormatException {
    warnings.add(kind, Tag.toString(tag) + " " + message, start);
  }

  /** Warns of what comes, or doesn't come, at the current position. */
  void warnHere(Kind kind, String message) throws DicomFormatException {
    warnAt(kind, message, in.position());
  }

  void warnAt(Kind kind, String message, long position) throws DicomFormatException {
    warnings.add(kind, message, position);
  }

  DicomFormatException broken(String reason) {
    return new DicomFormatException(reason, in.position());
  }

  DicomFormatException brokenElement(String reason) {
    return new DicomFormatException(Tag.toString(tag) + " " + reason, start);
  }

  DicomFormatException tooLong(String what) {
    return brokenElement(what + "has a length of " + length + " bytes, more than there are");
  }
}
