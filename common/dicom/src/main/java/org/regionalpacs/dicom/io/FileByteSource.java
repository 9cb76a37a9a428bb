package org.regionalpacs.dicom.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

record FileByteSource(Path file) implements ByteSource {
  @Override
  public long size() throws IOException {
    return Files.size(file);
  }

  @Override
  public InputStream open(long offset, long length) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      long size = channel.size();
      long end = length < 0 ? size : offset + length;
      if (offset < 0 || offset > size || end > size) {
        throw new EOFException("bytes " + offset + " to " + end + " of " + size);
      }
      return new RangeStream(channel, offset, end);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Positional reads, so that a skip costs nothing. A channel too: into a direct buffer the file is
   * read without a copy in between.
   */
  private static final class RangeStream extends InputStream implements ReadableByteChannel {
    private final FileChannel channel;
    private final long end;
    private long position;

    RangeStream(FileChannel channel, long position, long end) {
      this.channel = channel;
      this.position = position;
      this.end = end;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      return read(ByteBuffer.wrap(to, offset, length));
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
      if (!to.hasRemaining()) {
        return 0;
      }
      if (position >= end) {
        return -1;
      }
      int limit = to.limit();
      to.limit(to.position() + (int) Math.min(to.remaining(), end - position));
      int count = channel.read(to, position);
      to.limit(limit);
      if (count < 0) {
        throw new EOFException("the file was cut at " + position);
      }
      position += count;
      return count;
    }

    @Override
    public boolean isOpen() {
      return channel.isOpen();
    }

    @Override
    public long skip(long count) {
      long skipped = Math.max(0, Math.min(count, end - position));
      position += skipped;
      return skipped;
    }

    @Override
    public int available() {
      return (int) Math.min(Integer.MAX_VALUE, end - position);
    }

    @Override
    public long transferTo(OutputStream out) throws IOException {
      byte[] buffer = new byte[(int) Math.min(128 * 1024, Math.max(1, end - position))];
      long total = 0;
      for (int count = read(buffer); count >= 0; count = read(buffer)) {
        out.write(buffer, 0, count);
        total += count;
      }
      return total;
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
