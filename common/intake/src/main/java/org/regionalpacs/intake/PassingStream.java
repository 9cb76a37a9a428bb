package org.regionalpacs.intake;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Lets a parser look at a data set while it passes from the sender to the file through one buffer.
 * Whatever the parser reads, or skips, or leaves, the file gets all bytes in order.
 */
final class PassingStream extends InputStream {
  private final InputStream sender;
  private final PartFile file;
  private final byte[] buffer;
  private final FreeSpace.Claim space;
  private int filled;
  private int seen;
  private Optional<IOException> senderFailure = Optional.empty();
  private Optional<IOException> diskFailure = Optional.empty();

  PassingStream(InputStream sender, PartFile file, byte[] buffer, FreeSpace.Claim space) {
    this.sender = sender;
    this.file = file;
    this.buffer = buffer;
    this.space = space;
  }

  @Override
  public int read() throws IOException {
    if (seen == filled && !fill()) {
      return -1;
    }
    return buffer[seen++] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (seen == filled && !fill()) {
      return -1;
    }
    int count = Math.min(length, filled - seen);
    System.arraycopy(buffer, seen, target, offset, count);
    seen += count;
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    if (count <= 0 || (seen == filled && !fill())) {
      return 0;
    }
    int skipped = (int) Math.min(count, filled - seen);
    seen += skipped;
    return skipped;
  }

  @Override
  public int available() {
    return filled - seen;
  }

  /** Passes on what is left, up to the sender's end. */
  void drain() throws IOException {
    do {
      seen = filled;
    } while (fill());
    flush();
  }

  /** Throws what broke the sender's stream, if it broke: the parser may have swallowed it. */
  void rethrowSenderFailure() throws IOException {
    if (senderFailure.isPresent()) {
      throw senderFailure.get();
    }
  }

  /** Why the file could not be written, if it couldn't. */
  Optional<IOException> diskFailure() {
    return diskFailure;
  }

  private boolean fill() throws IOException {
    if (filled == buffer.length) {
      flush();
    }
    int count;
    try {
      do {
        count = sender.read(buffer, filled, buffer.length - filled);
      } while (count == 0);
    } catch (IOException e) {
      senderFailure = Optional.of(e);
      throw e;
    }
    filled += Math.max(count, 0);
    return count > 0;
  }

  private void flush() throws IOException {
    try {
      file.append(buffer, filled);
      space.wrote(filled);
    } catch (IOException e) {
      diskFailure = Optional.of(e);
      throw e;
    }
    filled = 0;
    seen = 0;
  }
}
