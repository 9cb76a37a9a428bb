package org.regionalpacs.dicom.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** A deflated data set as the bytes it stands for. Each range is inflated from the start. */
record InflatedSource(ByteSource deflated, long start) implements ByteSource {

  /** Inflates a data set (PS3.5 A.5: RFC 1951, no zlib header). */
  static InputStream inflate(InputStream in) {
    Inflater inflater = new Inflater(true);
    return new InflaterInputStream(in, inflater, 8192) {
      @Override
      public void close() throws IOException {
        try {
          super.close();
        } finally {
          inflater.end();
        }
      }
    };
  }

  /** Counted by inflating: a data set doesn't say its length. */
  @Override
  public long size() throws IOException {
    try (InputStream in = open(0, -1)) {
      return in.transferTo(java.io.OutputStream.nullOutputStream());
    }
  }

  @Override
  public InputStream open(long offset, long length) throws IOException {
    InputStream in = inflate(deflated.open(start, -1));
    try {
      in.skipNBytes(offset);
    } catch (IOException e) {
      in.close();
      throw e;
    }
    return length < 0 ? in : new Limited(in, length);
  }

  private static final class Limited extends InputStream {
    private final InputStream in;
    private long left;

    Limited(InputStream in, long left) {
      this.in = in;
      this.left = left;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int read = in.read(to, offset, (int) Math.min(length, left));
      if (read < 0) {
        throw new EOFException();
      }
      left -= read;
      return read;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
