package org.regionalpacs.intake;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** Writes a data set into a file through one buffer, and claims the space that it takes. */
final class PartOutput extends OutputStream {
  private final PartFile file;
  private final byte[] buffer;
  private final FreeSpace.Claim space;
  private int filled;
  private Optional<IOException> diskFailure = Optional.empty();

  PartOutput(PartFile file, byte[] buffer, FreeSpace.Claim space) {
    this.file = file;
    this.buffer = buffer;
    this.space = space;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    int from = offset;
    int left = length;
    while (left > 0) {
      int count = Math.min(left, buffer.length - filled);
      System.arraycopy(source, from, buffer, filled, count);
      filled += count;
      from += count;
      left -= count;
      if (filled == buffer.length) {
        drain();
      }
    }
  }

  /** Passes on what the buffer holds; {@link #flush} doesn't, for writers flush often. */
  void drain() throws IOException {
    try {
      file.append(buffer, filled);
      space.wrote(filled);
    } catch (IOException e) {
      diskFailure = Optional.of(e);
      throw e;
    }
    filled = 0;
  }

  /** Why the file could not be written, if it couldn't. */
  Optional<IOException> diskFailure() {
    return diskFailure;
  }
}
