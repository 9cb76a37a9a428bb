package org.regionalpacs.storage;

import java.io.IOException;
import java.io.InputStream;

/**
 * A range that is read on from elsewhere when the transfer breaks off, as when the node that sends
 * it dies. After some breaks, or when it can't be opened any more, it fails for good.
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
      if (position >= end) {
        // All has come, however the transfer ends.
        return length == 0 ? 0 : -1;
      }
      if (in instanceof BrokenStream) {
        return in.read(to, offset, length);
      }
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
    try {
      in.close();
    } catch (IOException e) {
      broken.addSuppressed(e);
    }
    in = new BrokenStream(broken);
    if (++breaks > MOST) {
      throw broken;
    }
    try {
      in = opening.open(position, end - position);
    } catch (IOException e) {
      e.addSuppressed(broken);
      in = new BrokenStream(e);
      throw e;
    }
  }

  /** What is left when nothing more comes: an end would say that all had come. */
  private static final class BrokenStream extends InputStream {
    private final IOException reason;

    BrokenStream(IOException reason) {
      this.reason = reason;
    }

    @Override
    public int read() throws IOException {
      throw new IOException(reason);
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      throw new IOException(reason);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
