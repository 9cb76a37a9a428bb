package org.regionalpacs.wado.query;

/**
 * A DICOM JSON object as the index keeps it, in UTF-8: PostgreSQL made it, so it is well formed,
 * and its names are tags.
 */
final class KeptObject {
  private static final int TAG = 8;

  private KeptObject() {}

  /** Gets the attributes, in the order in which they are kept. */
  @FunctionalInterface
  interface Attributes {
    /** One whose value is at {@code [start, end)}. */
    void attribute(int tag, int start, int end);
  }

  /** Goes through an object. */
  static void read(byte[] json, Attributes attributes) {
    int name = after(json, 0, '"');
    while (name < json.length) {
      int tag = tag(json, name);
      int start = after(json, name + TAG, ':');
      while (json[start] == ' ') {
        start++;
      }
      int end = endOfValue(json, start);
      attributes.attribute(tag, start, end);
      name = after(json, end, '"');
    }
  }

  private static int after(byte[] json, int from, char sign) {
    int at = from;
    while (at < json.length && json[at] != sign) {
      at++;
    }
    return at + 1;
  }

  private static int tag(byte[] json, int at) {
    int tag = 0;
    for (int i = at; i < at + TAG; i++) {
      tag = tag << 4 | Character.digit(json[i], 16);
    }
    return tag;
  }

  /** Values are objects: they end with the brace that closes the first one. */
  private static int endOfValue(byte[] json, int start) {
    int depth = 0;
    int at = start;
    do {
      switch (json[at]) {
        case '{' -> depth++;
        case '}' -> depth--;
        case '"' -> at = endOfText(json, at);
        default -> {}
      }
      at++;
    } while (depth > 0);
    return at;
  }

  /** The closing quotation mark of a text. */
  private static int endOfText(byte[] json, int start) {
    int at = start + 1;
    while (json[at] != '"') {
      at += json[at] == '\\' ? 2 : 1;
    }
    return at;
  }
}
