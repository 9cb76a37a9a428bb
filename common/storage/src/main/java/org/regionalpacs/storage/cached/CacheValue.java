package org.regionalpacs.storage.cached;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * The shape of a value in Redis: {@code PAC}, the format's version (1), the length of the content
 * (int32), the CRC32 of key and content (int32), the content. What isn't so, or is under another
 * key, is no value.
 */
final class CacheValue {
  /** Bytes before the content. */
  static final int HEADER = 12;

  private static final int MARK = 'P' << 24 | 'A' << 16 | 'C' << 8 | 1;

  private CacheValue() {}

  /** A value of this content. */
  static byte[] of(CacheKey key, byte[] content) {
    byte[] value = new byte[HEADER + content.length];
    System.arraycopy(content, 0, value, HEADER, content.length);
    return seal(key, value);
  }

  /** Writes the header before a content that is in its place. */
  static byte[] seal(CacheKey key, byte[] value) {
    ByteBuffer.wrap(value).putInt(MARK).putInt(value.length - HEADER).putInt(crc(key, value));
    return value;
  }

  /** Whether these bytes are a value of that key. */
  static boolean sound(CacheKey key, byte[] value) {
    if (value.length < HEADER) {
      return false;
    }
    ByteBuffer header = ByteBuffer.wrap(value);
    return header.getInt() == MARK
        && header.getInt() == value.length - HEADER
        && header.getInt() == crc(key, value);
  }

  static byte[] content(byte[] value) {
    return Arrays.copyOfRange(value, HEADER, value.length);
  }

  private static int crc(CacheKey key, byte[] value) {
    CRC32 crc = new CRC32();
    crc.update(key.value());
    crc.update(value, HEADER, value.length - HEADER);
    return (int) crc.getValue();
  }
}
