package org.regionalpacs.dicom.io;

/**
 * Something in a file that isn't as the standard has it, but could be read. The message never holds
 * a value.
 *
 * @param kind what is wrong
 * @param message what, and of which element
 * @param position where, in bytes from the start of the stream
 */
public record ReadWarning(Kind kind, String message, long position) {

  /** What can be wrong. */
  public enum Kind {
    /** There is no preamble of 128 bytes with the prefix DICM (PS3.10 7.1). */
    NO_PREAMBLE,
    /** There is no file meta information, or it names no transfer syntax (PS3.10 7.1). */
    NO_FILE_META,
    /** (0002,0000) isn't the length of the file meta information (PS3.10 7.1). */
    WRONG_GROUP_LENGTH,
    /** The data set isn't encoded as its transfer syntax says. */
    OTHER_ENCODING,
    /** A value has an odd number of bytes (PS3.5 7.1.1). */
    ODD_LENGTH,
    /** An element has a VR that doesn't exist, or none (PS3.5 6.2). */
    UNKNOWN_VR,
    /** An element comes twice, or after one with a higher tag (PS3.5 7.1). */
    OUT_OF_ORDER,
    /** A sequence, an item or encapsulated pixel data ends without its delimiter (PS3.5 7.5). */
    MISSING_DELIMITER,
    /** Bytes behind the data set are no element. */
    TRAILING_BYTES,
    /** A term of (0008,0005) is misspelt or unknown (PS3.3 C.12.1.1.2). */
    UNKNOWN_CHARSET,
    /** Text holds bytes that the declared character set has no character for. */
    TEXT_OUTSIDE_CHARSET
  }
}
