package org.regionalpacs.bench;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/** Counts how often some bytes are in a body that is too long to be kept. */
final class PixelCount implements Consumer<ByteBuffer> {
  private final byte[] sought;
  private final byte[] kept;
  private int filled;
  private int found;

  /**
   * @param sought bytes that begin like no other part of themselves, as pixels of noise do
   */
  PixelCount(byte[] sought) {
    this.sought = sought;
    this.kept = new byte[2 * sought.length];
  }

  @Override
  public void accept(ByteBuffer part) {
    while (part.hasRemaining()) {
      int count = Math.min(part.remaining(), kept.length - filled);
      part.get(kept, filled, count);
      filled += count;
      if (filled == kept.length) {
        search();
      }
    }
  }

  int found() {
    search();
    return found;
  }

  private void search() {
    int at = 0;
    for (; at + sought.length <= filled; at++) {
      if (kept[at] == sought[0]
          && Arrays.equals(kept, at, at + sought.length, sought, 0, sought.length)) {
        found++;
      }
    }
    // What may be its beginning is looked at again when more has come.
    System.arraycopy(kept, at, kept, 0, filled - at);
    filled -= at;
  }
}
