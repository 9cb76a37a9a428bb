package org.regionalpacs.codec.transcode;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.regionalpacs.dicom.data.BulkData;
import org.regionalpacs.dicom.io.ByteSource;

/**
 * Bytes that wait on disk. The file has no name from the start, so that nothing is left behind by a
 * process that is killed.
 */
final class Spool implements ByteSource, Closeable {
  private final FileChannel channel;
  private final Spools all;
  private long end;
  private boolean closed;

  private Spool(FileChannel channel, Spools all) {
    this.channel = channel;
    this.all = all;
  }

  /**
   * A new one.
   *
   * @param all that its bytes are counted with
   */
  static Spool in(Path folder, Spools all) throws IOException {
    Path file = Files.createTempFile(folder, "transcode", ".tmp");
    try {
      return new Spool(
          FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE), all);
    } finally {
      Files.delete(file);
    }
  }

  /** Appends, and says where. */
  BulkData append(byte[] bytes) throws IOException {
    BulkData place = new BulkData(end, bytes.length);
    write(ByteBuffer.wrap(bytes));
    return place;
  }

  private void write(ByteBuffer bytes) throws IOException {
    all.take(bytes.remaining());
    try {
      while (bytes.hasRemaining()) {
        end += channel.write(bytes, end);
      }
    } finally {
      // What a full disk hasn't taken.
      all.give(bytes.remaining());
    }
  }

  /** Appends what is written. */
  OutputStream appending() {
    return new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        append(new byte[] {(byte) value});
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        Spool.this.write(ByteBuffer.wrap(bytes, offset, length));
      }
    };
  }

  @Override
  public long size() {
    return end;
  }

  @Override
  public InputStream open(long offset, long length) throws IOException {
    long to = length < 0 ? end : offset + length;
    if (offset < 0 || offset > end || to > end) {
      throw new EOFException("bytes " + offset + " to " + to + " of " + end);
    }
    return new Range(offset, to);
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      channel.close();
    } finally {
      all.give(end);
    }
  }

  private final class Range extends InputStream {
    private final long to;
    private long at;

    Range(long at, long to) {
      this.at = at;
      this.to = to;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      int wanted = (int) Math.min(length, to - at);
      if (wanted == 0) {
        return -1;
      }
      int count = channel.read(ByteBuffer.wrap(into, offset, wanted), at);
      if (count < 0) {
        throw new EOFException("the file was cut at " + at);
      }
      at += count;
      return count;
    }

    @Override
    public long skip(long count) {
      long skipped = Math.max(0, Math.min(count, to - at));
      at += skipped;
      return skipped;
    }
  }
}
