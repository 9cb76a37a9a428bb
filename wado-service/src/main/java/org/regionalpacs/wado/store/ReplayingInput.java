package org.regionalpacs.wado.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/** Lets the start of a stream be read ahead, and be read again with all that follows. */
final class ReplayingInput extends FilterInputStream {
  private final ByteArrayOutputStream read = new ByteArrayOutputStream(16 * 1024);
  private final int limit;

  /**
   * @param limit most bytes to read ahead
   */
  ReplayingInput(InputStream in, int limit) {
    super(in);
    this.limit = limit;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int room = limit - read.size();
    if (room <= 0 && length > 0) {
      throw new LookedTooFarException();
    }
    int n = super.read(target, offset, Math.min(length, room));
    if (n > 0) {
      read.write(target, offset, n);
    }
    return n;
  }

  @Override
  public long skip(long n) throws IOException {
    byte[] skipped = new byte[(int) Math.min(n, 8192)];
    return Math.max(0, read(skipped, 0, skipped.length));
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** Does nothing: what follows is still to be read. */
  @Override
  public void close() {}

  /** The stream from a position on, what was read ahead included. */
  InputStream from(long position) {
    byte[] ahead = read.toByteArray();
    int start = (int) Math.min(position, ahead.length);
    return new SequenceInputStream(
        new ByteArrayInputStream(ahead, start, ahead.length - start), in);
  }

  /** More would have to be read ahead than is sane. */
  static final class LookedTooFarException extends IOException {
    private static final long serialVersionUID = 1L;

    LookedTooFarException() {
      super("the header is too long");
    }
  }
}
