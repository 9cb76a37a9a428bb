package org.regionalpacs.wado.retrieve;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Counts the bytes that pass, and how long they take: the client's time, not ours. */
final class TimedOutput extends FilterOutputStream {
  private long bytes;
  private long nanos;

  TimedOutput(OutputStream out) {
    super(out);
  }

  long bytes() {
    return bytes;
  }

  /** Spent in writing. */
  long nanos() {
    return nanos;
  }

  @Override
  public void write(int b) throws IOException {
    out.write(b);
    bytes++;
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    long start = System.nanoTime();
    try {
      out.write(source, offset, length);
      bytes += length;
    } finally {
      nanos += System.nanoTime() - start;
    }
  }
}
