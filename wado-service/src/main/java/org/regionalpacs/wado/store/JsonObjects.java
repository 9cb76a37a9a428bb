package org.regionalpacs.wado.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.regionalpacs.dicom.data.BulkData;

/**
 * Finds the objects of a JSON array (or the one object) without understanding them, in constant
 * memory, so that each can be read by itself and a bad one doesn't hide those behind it. In UTF-8
 * (RFC 8259 8.1) no byte of another character looks like punctuation.
 */
final class JsonObjects {
  /**
   * What was found.
   *
   * @param objects where they are
   * @param problem why the search ended before the end of the text
   */
  record Found(List<BulkData> objects, Optional<String> problem) {}

  private final List<BulkData> objects = new ArrayList<>();
  private final long offset;
  private long depth;
  private boolean array;
  private boolean closed;
  private boolean text;
  private boolean escaped;
  private long start;

  private JsonObjects(long offset) {
    this.offset = offset;
  }

  /**
   * Searches a text to its end.
   *
   * @param offset added to all places
   * @param most objects to find
   * @throws TooLargeException when there are more
   */
  static Found find(InputStream json, long offset, int most) throws IOException {
    JsonObjects search = new JsonObjects(offset);
    byte[] buffer = new byte[64 * 1024];
    long position = 0;
    for (int n = json.read(buffer); n >= 0; n = json.read(buffer)) {
      for (int i = 0; i < n; i++) {
        if (!search.take(buffer[i], position + i)) {
          return search.found("the JSON is no array of objects at byte " + (position + i));
        }
        if (search.objects.size() > most) {
          throw new TooLargeException("Metadata has more than " + most + " objects.");
        }
      }
      position += n;
    }
    boolean whole = search.closed && search.depth == 0 && !search.text;
    return whole
        ? new Found(search.objects, Optional.empty())
        : search.found("the JSON ends in the middle");
  }

  private Found found(String problem) {
    return new Found(objects, Optional.of(problem));
  }

  private boolean take(byte b, long position) {
    if (depth == 0) {
      return between(b, position);
    }
    if (text) {
      text = escaped || b != '"';
      escaped = b == '\\' && !escaped;
      return true;
    }
    switch (b) {
      case '"' -> text = true;
      case '{', '[' -> depth++;
      case '}', ']' -> {
        depth--;
        if (depth == 0) {
          objects.add(new BulkData(offset + start, position + 1 - start));
          closed = !array;
        }
      }
      default -> {
        // Whatever it is, it belongs to the object.
      }
    }
    return true;
  }

  /** Outside of the objects; whether the byte may stand there. */
  private boolean between(byte b, long position) {
    switch (b) {
      case ' ', '\t', '\r', '\n' -> {
        return true;
      }
      case ',' -> {
        return array && !closed && !objects.isEmpty();
      }
      case '[' -> {
        boolean first = !array && !closed;
        array = true;
        return first;
      }
      case ']' -> {
        boolean last = array && !closed;
        closed = true;
        return last;
      }
      case '{' -> {
        start = position;
        depth = 1;
        return !closed;
      }
      default -> {
        return false;
      }
    }
  }
}
