package org.regionalpacs.storage;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * Reads on from some place without saying how far: in steps, short ones at first and behind each
 * gap, so that about as much moves as is read. What is skipped beyond a step isn't moved.
 */
final class SteppedStream extends InputStream {
  /** Holds the header of most objects. */
  static final int FIRST = 64 * 1024;

  static final int LONGEST = 4 * 1024 * 1024;
  private static final int BEHIND_GAP = 4 * 1024;
  private static final int GROWTH = 4;

  private final Steps steps;
  private final long end;
  private long position;
  private int next = FIRST;
  private boolean behindGap;
  private InputStream step = InputStream.nullInputStream();
  private long left;
  private boolean closed;

  /** Opens ranges. */
  @FunctionalInterface
  interface Steps {
    InputStream open(long offset, long length, boolean behindGap) throws IOException;
  }

  private SteppedStream(Steps steps, long position, long end) {
    this.steps = steps;
    this.position = position;
    this.end = end;
  }

  /** Opens the first step. */
  static SteppedStream open(Steps steps, long position, long end) throws IOException {
    SteppedStream stream = new SteppedStream(steps, position, end);
    if (position < end) {
      stream.turn();
    }
    return stream;
  }

  private void turn() throws IOException {
    step.close();
    step = InputStream.nullInputStream();
    long length = Math.min(next, end - position);
    step = steps.open(position, length, behindGap);
    left = length;
    next = Math.min(LONGEST, next * GROWTH);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] to, int at, int wanted) throws IOException {
    Objects.checkFromIndexSize(at, wanted, to.length);
    requireOpen();
    if (wanted == 0) {
      return 0;
    }
    if (position == end) {
      return -1;
    }
    if (left == 0) {
      turn();
    }
    int count = step.read(to, at, (int) Math.min(wanted, left));
    if (count < 0) {
      throw new IOException("a range of " + left + " more bytes ended");
    }
    left -= count;
    position += count;
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    requireOpen();
    long wanted = Math.clamp(count, 0, end - position);
    if (wanted <= left) {
      step.skipNBytes(wanted);
      left -= wanted;
    } else {
      step.close();
      left = 0;
      next = BEHIND_GAP;
      behindGap = true;
    }
    position += wanted;
    return wanted;
  }

  private void requireOpen() throws IOException {
    if (closed) {
      throw new IOException("closed");
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    step.close();
  }
}
