package org.regionalpacs.wado.query;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.core.io.JsonStringEncoder;

/** JSON in UTF-8 that grows. What is JSON already is copied, never decoded. */
final class JsonBytes {
  private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

  private byte[] bytes;
  private int size;

  /**
   * @param room bytes that it has room for at first
   */
  JsonBytes(int room) {
    bytes = new byte[room];
  }

  int size() {
    return size;
  }

  /** Forgets everything. */
  void clear() {
    size = 0;
  }

  JsonBytes add(char ascii) {
    reserve(1);
    bytes[size++] = (byte) ascii;
    return this;
  }

  /** Adds letters and signs of ASCII. */
  @SuppressWarnings("deprecation") // The one way that copies them without looking at each.
  JsonBytes add(String ascii) {
    int length = ascii.length();
    reserve(length);
    ascii.getBytes(0, length, bytes, size);
    size += length;
    return this;
  }

  JsonBytes add(byte[] json) {
    return add(json, 0, json.length);
  }

  JsonBytes add(byte[] json, int start, int end) {
    reserve(end - start);
    System.arraycopy(json, start, bytes, size, end - start);
    size += end - start;
    return this;
  }

  /** Adds a part of another one. */
  JsonBytes add(JsonBytes other, int start, int end) {
    return add(other.bytes, start, end);
  }

  /** Adds a text in quotation marks. */
  JsonBytes addQuoted(String text) {
    add('"');
    add(JsonStringEncoder.getInstance().quoteAsUTF8(text));
    return add('"');
  }

  /** Adds the name of an attribute and its colon. */
  JsonBytes addName(int tag) {
    reserve(11);
    bytes[size++] = '"';
    for (int shift = 28; shift >= 0; shift -= 4) {
      bytes[size++] = HEX[tag >>> shift & 0xF];
    }
    bytes[size++] = '"';
    bytes[size++] = ':';
    return this;
  }

  /** Adds a number. */
  JsonBytes add(int number) {
    return add(Integer.toString(number));
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, size);
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  @Override
  public String toString() {
    return new String(bytes, 0, size, StandardCharsets.UTF_8);
  }

  private void reserve(int more) {
    if (more > bytes.length - size) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(size, more)));
    }
  }
}
