package org.regionalpacs.dicom.io;

import java.io.IOException;
import java.util.Optional;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;

/**
 * What stands before the data set of a file (PS3.10 7.1), found leniently: files without preamble
 * or without meta information exist in the field.
 *
 * @param meta group 0002, if there is one
 * @param transferSyntax of the data set: named, or guessed from its first element
 */
record FileHeader(Optional<Attributes> meta, String transferSyntax) {

  /** Reads up to the first byte of the data set. */
  static FileHeader read(Input in) throws IOException {
    int there = in.peek(132);
    if (there >= 132 && isMagic(in, 128) && !isBareDataSet(in)) {
      in.advance(132);
    } else if (there >= 4 && isMagic(in, 0)) {
      in.advance(4);
    }
    if (in.peek(6) < 6) {
      throw new DicomFormatException("there is no data set", in.position());
    }
    if (in.uint16Ahead(0, false) != 2) {
      return new FileHeader(Optional.empty(), guess(in));
    }
    Attributes meta = readMeta(in);
    Optional<String> named = meta.getString(Tag.TransferSyntaxUID);
    return new FileHeader(Optional.of(meta), named.isPresent() ? named.get() : guess(in));
  }

  /** A value of a bare data set may hold the four letters where a file has its magic. */
  private static boolean isBareDataSet(Input in) throws IOException {
    int group = in.uint16Ahead(0, false);
    boolean startsWithElement =
        (group == 2 || group == 8) && VR.ofCode(in.ahead(4), in.ahead(5)) != null;
    return startsWithElement && (in.peek(134) < 134 || in.uint16Ahead(132, false) != 2);
  }

  private static boolean isMagic(Input in, int offset) {
    return in.ahead(offset) == 'D'
        && in.ahead(offset + 1) == 'I'
        && in.ahead(offset + 2) == 'C'
        && in.ahead(offset + 3) == 'M';
  }

  /** Group 0002 ends where another group begins; its stated length is often wrong. */
  private static Attributes readMeta(Input in) throws IOException {
    boolean explicit = VR.ofCode(in.ahead(4), in.ahead(5)) != null;
    TransferSyntax syntax =
        explicit ? TransferSyntax.EXPLICIT_LITTLE_ENDIAN : TransferSyntax.IMPLICIT_LITTLE_ENDIAN;
    return new DataSetParser(in, syntax, ParseLimits.META).parseWhile(tag -> tag >>> 16 == 2);
  }

  /** The encoding of a bare data set: its first tag is in a low group, in either byte order. */
  private static String guess(Input in) throws IOException {
    if (in.peek(8) < 8) {
      // An empty data set after complete meta information has any encoding.
      return UID.ImplicitVRLittleEndian;
    }
    boolean explicit = VR.ofCode(in.ahead(4), in.ahead(5)) != null;
    int group = in.uint16Ahead(0, false);
    int swapped = in.uint16Ahead(0, true);
    if (Math.min(group, swapped) > 0x0100) {
      throw new DicomFormatException("this is no DICOM data set", in.position());
    }
    if (!explicit) {
      return UID.ImplicitVRLittleEndian;
    }
    return swapped < group ? UID.ExplicitVRBigEndian : UID.ExplicitVRLittleEndian;
  }
}
