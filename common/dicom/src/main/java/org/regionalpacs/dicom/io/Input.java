package org.regionalpacs.dicom.io;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.regionalpacs.dicom.data.ByteOrder;

/** A buffered stream that knows its position and can look ahead. */
final class Input implements Closeable {
  private static final int BUFFER = 8192;

  /** Memory is asked for beginning with this, as bytes arrive: a length is only a claim. */
  private static final int STEP = 1 << 16;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];
  private int next;
  private int end;
  private long bufferPosition;

  Input(InputStream in) {
    this(in, 0);
  }

  Input(InputStream in, long position) {
    this.in = in;
    this.bufferPosition = position;
  }

  /** Position of the next byte. */
  long position() {
    return bufferPosition + next;
  }

  /** Makes at least {@code count} bytes available in the buffer, or as many as there are. */
  int peek(int count) throws IOException {
    if (end - next < count) {
      System.arraycopy(buffer, next, buffer, 0, end - next);
      bufferPosition += next;
      end -= next;
      next = 0;
      while (end < count) {
        int read = in.read(buffer, end, buffer.length - end);
        if (read < 0) {
          break;
        }
        end += read;
      }
    }
    return end - next;
  }

  boolean atEnd() throws IOException {
    return peek(1) == 0;
  }

  /** A byte ahead that {@link #peek} has made available. */
  int ahead(int offset) {
    return buffer[next + offset] & 0xFF;
  }

  int uint16Ahead(int offset, boolean bigEndian) {
    return ByteOrder.uint16(buffer, next + offset, bigEndian);
  }

  int int32Ahead(int offset, boolean bigEndian) {
    return ByteOrder.int32(buffer, next + offset, bigEndian);
  }

  /** Passes over bytes that {@link #peek} has made available. */
  void advance(int count) {
    next += count;
  }

  /** Reads a value. */
  byte[] read(int length) throws IOException {
    byte[] value = new byte[Math.min(length, STEP)];
    int filled = Math.min(value.length, end - next);
    System.arraycopy(buffer, next, value, 0, filled);
    next += filled;
    while (filled < length) {
      if (filled == value.length) {
        value = Arrays.copyOf(value, (int) Math.min(length, 2L * filled));
      }
      int read = in.read(value, filled, value.length - filled);
      if (read < 0) {
        throw new EOFException();
      }
      filled += read;
      bufferPosition += read;
    }
    return value;
  }

  /** What is left, as a stream. */
  InputStream rest() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] to, int offset, int length) throws IOException {
        return readSome(to, offset, length);
      }
    };
  }

  private int readSome(byte[] to, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (atEnd()) {
      return -1;
    }
    int count = Math.min(length, end - next);
    System.arraycopy(buffer, next, to, offset, count);
    next += count;
    return count;
  }

  void skip(long count) throws IOException {
    int buffered = (int) Math.min(count, end - next);
    next += buffered;
    long rest = count - buffered;
    if (rest > 0) {
      in.skipNBytes(rest);
      bufferPosition += rest;
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
