package org.regionalpacs.dicom.net;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** Tells how much of a stream has been read, as it is read. */
final class ProgressStream extends FilterInputStream {
  private final LongConsumer listener;
  private long total;

  /**
   * @param listener is told the bytes read so far after every long read
   */
  ProgressStream(InputStream in, LongConsumer listener) {
    super(in);
    this.listener = listener;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    total += value < 0 ? 0 : 1;
    return value;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = super.read(target, offset, length);
    if (count > 0) {
      total += count;
      listener.accept(total);
    }
    return count;
  }
}
