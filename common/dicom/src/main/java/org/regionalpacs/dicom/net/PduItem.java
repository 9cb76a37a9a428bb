package org.regionalpacs.dicom.net;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * An item or sub-item of an association PDU (PS3.8 9.3.1).
 *
 * @param type its type
 * @param value a view of its value
 */
record PduItem(int type, ByteBuffer value) {

  /** Carries what is wrong with an item out of the parser; never leaves this package's parsers. */
  static final class InvalidException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidException(String message) {
      super(message);
    }
  }

  /** Takes items apart, one after the other, to the end of the buffer. */
  static void forEach(ByteBuffer items, Consumer<PduItem> action) {
    while (items.hasRemaining()) {
      int type = items.get() & 0xFF;
      items.get();
      int length = items.getShort() & 0xFFFF;
      if (length > items.remaining()) {
        throw new InvalidException(
            "item 0x%02X with length %d, but %d bytes left"
                .formatted(type, length, items.remaining()));
      }
      action.accept(new PduItem(type, items.slice(items.position(), length)));
      items.position(items.position() + length);
    }
  }

  /** All of it as text. */
  static String text(ByteBuffer value) {
    return text(value, value.remaining());
  }

  /** ISO 646 text without the padding: spaces, and the NUL some systems send after a UID. */
  static String text(ByteBuffer from, int length) {
    byte[] bytes = new byte[length];
    from.get(bytes);
    int end = length;
    while (end > 0 && bytes[end - 1] == 0) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.ISO_8859_1).strip();
  }

  /** Bytes behind their length in two bytes. */
  static ByteBuffer counted(ByteBuffer from) {
    int length = from.getShort() & 0xFFFF;
    if (length > from.remaining()) {
      throw new InvalidException(
          "a field of length %d, but %d bytes left".formatted(length, from.remaining()));
    }
    ByteBuffer field = from.slice(from.position(), length);
    from.position(from.position() + length);
    return field;
  }

  /** All of it. */
  static byte[] bytes(ByteBuffer value) {
    byte[] bytes = new byte[value.remaining()];
    value.get(bytes);
    return bytes;
  }
}
