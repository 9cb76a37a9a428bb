package org.regionalpacs.storage.cached;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;

/** A value in the heap that several read; it counts until the last of them has closed. */
final class HeldBytes {
  private final byte[] value;
  private final HeapBudget budget;
  private int users = 1;

  /**
   * @param value with its header; its room was taken
   */
  HeldBytes(byte[] value, HeapBudget budget) {
    this.value = value;
    this.budget = budget;
  }

  /** A value that nobody reads yet; whoever does takes the room for it. */
  static HeldBytes unused(byte[] value, HeapBudget budget) {
    HeldBytes held = new HeldBytes(value, budget);
    held.users = 0;
    return held;
  }

  byte[] value() {
    return value;
  }

  /** One more uses it; false when it counts no longer and there is no room for it now. */
  synchronized boolean retain() {
    if (users == 0 && !budget.take(value.length)) {
      return false;
    }
    users++;
    return true;
  }

  synchronized void release() {
    users--;
    if (users == 0) {
      budget.give(value.length);
    }
  }

  /**
   * A part of the content, for one who retained it. Closing it releases.
   *
   * @param offset its first byte
   * @param length its bytes, which are all there
   */
  InputStream open(int offset, int length) {
    return new Content(CacheValue.HEADER + offset, length);
  }

  private final class Content extends InputStream {
    private final int end;
    private int position;
    private boolean closed;

    Content(int position, int length) {
      this.position = position;
      this.end = position + length;
    }

    private void requireOpen() throws IOException {
      if (closed) {
        throw new IOException("closed");
      }
    }

    @Override
    public int read() throws IOException {
      requireOpen();
      return position < end ? value[position++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] to, int at, int wanted) throws IOException {
      Objects.checkFromIndexSize(at, wanted, to.length);
      requireOpen();
      if (wanted == 0) {
        return 0;
      }
      if (position == end) {
        return -1;
      }
      int count = Math.min(wanted, end - position);
      System.arraycopy(value, position, to, at, count);
      position += count;
      return count;
    }

    @Override
    public long skip(long count) throws IOException {
      requireOpen();
      int skipped = (int) Math.clamp(count, 0, end - position);
      position += skipped;
      return skipped;
    }

    @Override
    public int available() throws IOException {
      requireOpen();
      return end - position;
    }

    @Override
    public long transferTo(OutputStream out) throws IOException {
      requireOpen();
      int count = end - position;
      out.write(value, position, count);
      position = end;
      return count;
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        release();
      }
    }
  }
}
