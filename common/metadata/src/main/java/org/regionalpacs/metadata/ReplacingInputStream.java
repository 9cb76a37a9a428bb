package org.regionalpacs.metadata;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Replaces one sequence of bytes by another as they pass by, wherever the reads happen to cut them;
 * Horspool's search, so that most bytes are never looked at. Holds one buffer.
 */
final class ReplacingInputStream extends FilterInputStream {
  private static final int BUFFER = 32 * 1024;

  private final byte[] wanted;
  private final byte[] replacement;
  private final int[] skip = new int[256];

  private final byte[] buffer;
  private int position;
  private int limit;
  private boolean ended;

  /** Bytes from {@code position} that can be given away as they are. */
  private int plain;

  /** Bytes of the replacement still to give; they go before anything in the buffer. */
  private int pending;

  ReplacingInputStream(InputStream in, byte[] wanted, byte[] replacement) {
    super(in);
    this.wanted = wanted.clone();
    this.replacement = replacement.clone();
    this.buffer = new byte[Math.max(BUFFER, 2 * wanted.length)];
    Arrays.fill(skip, wanted.length);
    for (int i = 0; i < wanted.length - 1; i++) {
      skip[wanted[i] & 0xFF] = wanted.length - 1 - i;
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (pending == 0 && plain == 0) {
      if (!advance()) {
        return -1;
      }
    }
    return pending > 0
        ? giveReplacement(target, offset, length)
        : givePlain(target, offset, length);
  }

  private int giveReplacement(byte[] target, int offset, int length) {
    int count = Math.min(length, pending);
    System.arraycopy(replacement, replacement.length - pending, target, offset, count);
    pending -= count;
    return count;
  }

  private int givePlain(byte[] target, int offset, int length) {
    int count = Math.min(length, plain);
    System.arraycopy(buffer, position, target, offset, count);
    position += count;
    plain -= count;
    return count;
  }

  /** Finds what can be given next; false at the end. May find nothing: then ask again. */
  private boolean advance() throws IOException {
    if (limit - position < wanted.length) {
      fill();
      if (limit - position < wanted.length) {
        plain = limit - position;
        return plain > 0;
      }
    }
    int found = find();
    if (found == position) {
      position += wanted.length;
      pending = replacement.length;
    } else {
      plain = found - position;
    }
    return true;
  }

  /** Where the wanted bytes are, else up to where they can't begin. */
  private int find() {
    int last = wanted.length - 1;
    int at = position;
    while (at + last < limit) {
      if (buffer[at + last] == wanted[last]
          && Arrays.equals(buffer, at, at + last, wanted, 0, last)) {
        return at;
      }
      at += skip[buffer[at + last] & 0xFF];
    }
    return Math.min(at, limit);
  }

  private void fill() throws IOException {
    System.arraycopy(buffer, position, buffer, 0, limit - position);
    limit -= position;
    position = 0;
    while (!ended && limit < buffer.length) {
      int count = in.read(buffer, limit, buffer.length - limit);
      if (count < 0) {
        ended = true;
      } else {
        limit += count;
      }
    }
  }

  @Override
  public int available() {
    return pending > 0 ? pending : plain;
  }

  @Override
  public long skip(long count) throws IOException {
    byte[] dropped = new byte[(int) Math.min(count, BUFFER)];
    return Math.max(0, read(dropped, 0, dropped.length));
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
