package org.regionalpacs.dicom.data;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;
import java.util.Optional;

/**
 * A character set that (0008,0005) can name (PS3.3 C.12.1.1.2), with the escape sequence, without
 * its ESC, that designates it (PS3.3 tables C.12-3 and C.12-4).
 */
enum CodedSet {
  IR_6("6", "US-ASCII", "(B", Place.G0),
  IR_100("100", "ISO-8859-1", "-A", Place.G1),
  IR_101("101", "ISO-8859-2", "-B", Place.G1),
  IR_109("109", "ISO-8859-3", "-C", Place.G1),
  IR_110("110", "ISO-8859-4", "-D", Place.G1),
  IR_144("144", "ISO-8859-5", "-L", Place.G1),
  IR_127("127", "ISO-8859-6", "-G", Place.G1),
  IR_126("126", "ISO-8859-7", "-F", Place.G1),
  IR_138("138", "ISO-8859-8", "-H", Place.G1),
  IR_148("148", "ISO-8859-9", "-M", Place.G1),
  IR_203("203", "ISO-8859-15", "-b", Place.G1),
  IR_166("166", "TIS-620", "-T", Place.G1),
  /** JIS X 0201: katakana in G1. Its G0 is read as ASCII, so that 5C stays the delimiter. */
  IR_13("13", "JIS_X0201", ")I", Place.G1),
  /** JIS X 0208. */
  IR_87("87", "x-JIS0208", "$B", Place.G0_TWO_BYTES),
  /** JIS X 0212. */
  IR_159("159", "JIS_X0212-1990", "$(D", Place.G0_TWO_BYTES),
  IR_149("149", "EUC-KR", "$)C", Place.G1),
  IR_58("58", "GB2312", "$)A", Place.G1),
  IR_192("192", "UTF-8", "", Place.ALONE),
  GB18030("GB18030", "GB18030", "", Place.ALONE),
  /** Read as GB18030, which has all its characters at the same places. */
  GBK("GBK", "GB18030", "", Place.ALONE);

  /** Where escape sequences put a set. */
  enum Place {
    G0,
    G1,
    G0_TWO_BYTES,
    /** Without code extensions. */
    ALONE
  }

  private final String number;
  private final Charset charset;
  private final String escape;
  private final Place place;

  CodedSet(String number, String charset, String escape, Place place) {
    this.number = number;
    this.charset = Charset.forName(charset);
    this.escape = escape;
    this.place = place;
  }

  /** The set of an ISO-IR registration number, GB18030 or GBK. */
  static Optional<CodedSet> ofNumber(String number) {
    return Arrays.stream(values()).filter(set -> set.number.equals(number)).findFirst();
  }

  /** The set that an escape sequence designates. */
  static Optional<CodedSet> ofEscape(String sequence) {
    if (sequence.equals("(J")) {
      return Optional.of(IR_6);
    }
    return Arrays.stream(values())
        .filter(set -> set.place != Place.ALONE && set.escape.equals(sequence))
        .findFirst();
  }

  Charset charset() {
    return charset;
  }

  String escape() {
    return escape;
  }

  boolean isAlone() {
    return place == Place.ALONE;
  }

  boolean isG1() {
    return place == Place.G1;
  }

  boolean isTwoByteG0() {
    return place == Place.G0_TWO_BYTES;
  }

  /** The text of bytes that all are valid in this set. */
  Optional<String> decode(byte[] bytes) {
    return this == IR_13 ? katakana(bytes) : decode(bytes, charset);
  }

  static Optional<String> decode(byte[] bytes, Charset charset) {
    try {
      return Optional.of(
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> katakana(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length);
    for (byte b : bytes) {
      int code = b & 0xFF;
      if (code >= 0x80 && (code < 0xA1 || code > 0xDF)) {
        return Optional.empty();
      }
      // Half-width katakana stand in Unicode in the same order.
      text.append((char) (code < 0x80 ? code : 0xFF61 - 0xA1 + code));
    }
    return Optional.of(text.toString());
  }

  /** Whether the bytes hold codes 80 to 9F, which PS3.5 6.1.2.5.4 gives to no character. */
  boolean lacks(byte[] bytes) {
    if (!charset.name().startsWith("ISO-8859")) {
      return false;
    }
    for (byte b : bytes) {
      if ((b & 0xE0) == 0x80) {
        return true;
      }
    }
    return false;
  }

  /** The bytes of a text; empty when a character isn't in this set. */
  Optional<byte[]> encode(String text) {
    // JIS X 0201 has a yen sign where the delimiter of values is.
    if (this == IR_13 && !text.chars().allMatch(c -> c < 0x80 || c >= 0xFF61 && c <= 0xFF9F)) {
      return Optional.empty();
    }
    CharsetEncoder encoder =
        charset
            .newEncoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    try {
      ByteBuffer encoded = encoder.encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return Optional.of(bytes);
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
