package org.regionalpacs.storage;

import java.io.IOException;
import java.io.InputStream;

/**
 * A range that is read on from elsewhere when the transfer breaks off, as when the node that sends
 * it dies. Each break needs another opening to succeed; who opens ends it by having nothing left.
 */
final class ContinuedStream extends InputStream {
  /** More breaks than places isn't bad luck any more. */
  private static final int MOST = 3;

  private final Opening opening;
  private final long end;
  private InputStream in;
  private long position;
  private int breaks;

  /** Opens what is left of the range. */
  interface Opening {
    InputStream open(long offset, long length) throws IOException;
  }

  /**
   * @param in the range as it was opened
   * @param offset where it begins
   */
  ContinuedStream(InputStream in, long offset, long length, Opening opening) {
    this.in = in;
    this.position = offset;
    this.end = offset + length;
    this.opening = opening;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    while (true) {
      try {
        int count = in.read(to, offset, length);
        position += Math.max(0, count);
        return count;
      } catch (IOException e) {
        goOn(e);
      }
    }
  }

  private void goOn(IOException broken) throws IOException {
    try (InputStream _ = in) {
      in = InputStream.nullInputStream();
    } catch (IOException e) {
      broken.addSuppressed(e);
    }
    if (++breaks > MOST || position >= end) {
      throw broken;
    }
    try {
      in = opening.open(position, end - position);
    } catch (IOException e) {
      e.addSuppressed(broken);
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
