package org.regionalpacs.dicom.net;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** So many zero bytes, of which the last come only when told. */
final class Zeros extends InputStream {
  private final long held;
  private final CountDownLatch release;
  private long left;

  /**
   * @param first bytes that come at once
   * @param held bytes that come after the release
   */
  Zeros(long first, long held, CountDownLatch release) {
    this.left = first + held;
    this.held = held;
    this.release = release;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : 0;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (left == 0) {
      return -1;
    }
    if (left == held) {
      awaitRelease();
    }
    long now = left > held ? left - held : left;
    int count = (int) Math.min(length, now);
    Arrays.fill(target, offset, offset + count, (byte) 0);
    left -= count;
    return count;
  }

  private void awaitRelease() throws IOException {
    try {
      if (!release.await(1, TimeUnit.MINUTES)) {
        throw new IOException("never released");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
