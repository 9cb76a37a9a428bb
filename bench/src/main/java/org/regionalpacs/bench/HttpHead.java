package org.regionalpacs.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Status line and header fields of an answer.
 *
 * @param fields by name in small letters
 */
record HttpHead(int status, Map<String, String> fields) {
  private static final byte[] END = {'\r', '\n', '\r', '\n'};

  /** Where the body begins in what was read so far, before its position; -1 while it isn't told. */
  static int end(ByteBuffer read) {
    int matched = 0;
    for (int at = 0; at < read.position(); at++) {
      byte each = read.get(at);
      matched = each == END[matched] ? matched + 1 : each == '\r' ? 1 : 0;
      if (matched == END.length) {
        return at + 1;
      }
    }
    return -1;
  }

  /**
   * Reads it.
   *
   * @throws IOException when it isn't HTTP/1.1
   */
  static HttpHead parse(byte[] bytes) throws IOException {
    String[] lines = new String(bytes, StandardCharsets.ISO_8859_1).split("\r\n");
    if (!lines[0].matches("HTTP/1\\.[01] \\d{3}.*")) {
      throw new IOException("no HTTP: " + lines[0]);
    }
    Map<String, String> fields = new HashMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon > 0) {
        String name = lines[i].substring(0, colon).toLowerCase(Locale.ROOT);
        fields.put(name, lines[i].substring(colon + 1).strip());
      }
    }
    return new HttpHead(Integer.parseInt(lines[0].substring(9, 12)), fields);
  }

  String field(String name) {
    return fields.getOrDefault(name, "");
  }

  boolean chunked() {
    return field("transfer-encoding").equalsIgnoreCase("chunked");
  }

  boolean closes() {
    return field("connection").equalsIgnoreCase("close");
  }

  boolean hasBody() {
    return status != 204 && status != 304;
  }
}
