package org.regionalpacs.dicom.io;

import java.io.IOException;
import java.util.Optional;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.data.VR;
import org.regionalpacs.dicom.io.ReadWarning.Kind;

/**
 * What stands before the data set of a file (PS3.10 7.1), found leniently: files without preamble
 * or without meta information exist in the field.
 *
 * @param meta group 0002, if there is one
 * @param transferSyntax of the data set: named, or guessed from its first element
 */
record FileHeader(Optional<Attributes> meta, String transferSyntax) {
  /** Bytes of (0002,0000) itself, which its value doesn't count. */
  private static final int GROUP_LENGTH = 12;

  /** Reads up to the first byte of the data set. */
  static FileHeader read(Input in, Warnings warnings) throws IOException {
    int there = in.peek(132);
    if (there >= 132 && isMagic(in, 128) && !isBareDataSet(in)) {
      in.advance(132);
    } else {
      warnings.add(Kind.NO_PREAMBLE, "there is no preamble", in.position());
      if (there >= 4 && isMagic(in, 0)) {
        in.advance(4);
      }
    }
    if (in.peek(6) < 6) {
      throw new DicomFormatException("there is no data set", in.position());
    }
    if (in.uint16Ahead(0, false) != 2) {
      warnings.add(Kind.NO_FILE_META, "there is no file meta information", in.position());
      return new FileHeader(Optional.empty(), guess(in));
    }
    Attributes meta = readMeta(in, warnings);
    Optional<String> named = meta.getString(Tag.TransferSyntaxUID);
    if (named.isEmpty()) {
      warnings.add(
          Kind.NO_FILE_META, "file meta information names no transfer syntax", in.position());
    }
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
  private static Attributes readMeta(Input in, Warnings warnings) throws IOException {
    boolean explicit = VR.ofCode(in.ahead(4), in.ahead(5)) != null;
    if (!explicit) {
      warnings.add(Kind.OTHER_ENCODING, "file meta information is in Implicit VR", in.position());
    }
    TransferSyntax syntax =
        explicit ? TransferSyntax.EXPLICIT_LITTLE_ENDIAN : TransferSyntax.IMPLICIT_LITTLE_ENDIAN;
    long start = in.position();
    Attributes meta =
        new DataSetParser(in, syntax, ParseLimits.META, warnings)
            .parseWhile(tag -> tag >>> 16 == 2);
    checkLength(meta, in.position() - start - GROUP_LENGTH, start, warnings);
    return meta;
  }

  private static void checkLength(Attributes meta, long length, long start, Warnings warnings)
      throws DicomFormatException {
    long stated = meta.getLong(Tag.FileMetaInformationGroupLength, -1);
    if (stated != length) {
      String message =
          stated < 0
              ? "(0002,0000) is missing"
              : "(0002,0000) says %d bytes where there are %d".formatted(stated, length);
      warnings.add(Kind.WRONG_GROUP_LENGTH, message, start);
    }
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
