package org.regionalpacs.wado.store;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.util.unit.DataSize;

/** A part of a body, which fails when it goes on beyond a limit. */
final class BoundedInput extends FilterInputStream {
  private final String name;
  private final DataSize limit;
  private long left;

  /**
   * @param name what it is, for the sender
   */
  BoundedInput(InputStream in, String name, DataSize limit) {
    super(in);
    this.name = name;
    this.limit = limit;
    this.left = limit.toBytes();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int n = super.read(target, offset, length);
    left -= Math.max(0, n);
    if (left < 0) {
      throw new TooLargeException(name + " is longer than " + limit.toBytes() + " bytes.");
    }
    return n;
  }

  @Override
  public long skip(long count) throws IOException {
    byte[] skipped = new byte[(int) Math.min(count, 8192)];
    return Math.max(0, read(skipped, 0, skipped.length));
  }

  /** Does nothing: what follows is still to be read. */
  @Override
  public void close() {}
}
