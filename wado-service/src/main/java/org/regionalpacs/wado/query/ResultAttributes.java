package org.regionalpacs.wado.query;

import java.util.Arrays;

/** The attributes of a result, each once, in the order of tags (PS3.18 F.2.2). */
final class ResultAttributes {
  private static final int ROOM = 48;
  private static final byte[] MADE = {};

  /** Values that are made for this result; the others are parts of kept objects. */
  private final JsonBytes made = new JsonBytes(4096);

  private int[] tags = new int[ROOM];
  private byte[][] kept = new byte[ROOM][];
  private int[] starts = new int[ROOM];
  private int[] ends = new int[ROOM];
  private int size;

  void clear() {
    size = 0;
    made.clear();
  }

  boolean has(int tag) {
    return size > 0 && find(tag) >= 0;
  }

  /** Sets an attribute to a part of a kept object. */
  void put(int tag, byte[] json, int start, int end) {
    int at = place(tag);
    kept[at] = json;
    starts[at] = start;
    ends[at] = end;
  }

  /**
   * Begins a value.
   *
   * @return where it is to be written, up to {@link #end}
   */
  JsonBytes begin(int tag) {
    put(tag, MADE, made.size(), made.size());
    return made;
  }

  /** Ends the value of an attribute that was begun. */
  void end(int tag) {
    ends[find(tag)] = made.size();
  }

  /** Writes them as a DICOM JSON object. There is one at least. */
  void writeTo(JsonBytes out) {
    char separator = '{';
    for (int i = 0; i < size; i++) {
      out.add(separator).addName(tags[i]);
      if (kept[i] == MADE) {
        out.add(made, starts[i], ends[i]);
      } else {
        out.add(kept[i], starts[i], ends[i]);
      }
      separator = ',';
    }
    out.add('}');
  }

  private int place(int tag) {
    int found = find(tag);
    if (found >= 0) {
      return found;
    }
    int at = -found - 1;
    if (size == tags.length) {
      grow();
    }
    System.arraycopy(tags, at, tags, at + 1, size - at);
    System.arraycopy(kept, at, kept, at + 1, size - at);
    System.arraycopy(starts, at, starts, at + 1, size - at);
    System.arraycopy(ends, at, ends, at + 1, size - at);
    tags[at] = tag;
    size++;
    return at;
  }

  private void grow() {
    tags = Arrays.copyOf(tags, 2 * size);
    kept = Arrays.copyOf(kept, 2 * size);
    starts = Arrays.copyOf(starts, 2 * size);
    ends = Arrays.copyOf(ends, 2 * size);
  }

  /** The place of a tag, or where it would be: {@code -place - 1}. Most come in order. */
  private int find(int tag) {
    int at = size;
    while (at > 0) {
      int order = Integer.compareUnsigned(tags[at - 1], tag);
      if (order == 0) {
        return at - 1;
      }
      if (order < 0) {
        break;
      }
      at--;
    }
    return -at - 1;
  }
}
