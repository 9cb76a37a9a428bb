package org.regionalpacs.dicom.io;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Cuts a frame that doesn't begin or end at a byte out of the bytes around it (PS3.5 8.1.1). */
final class TrimmedOutput extends FilterOutputStream {
  private final int shift;
  private final long frameBits;
  private long lead;
  private long left;
  private int held = -1;
  private long written;

  /**
   * @param lead bytes to leave out first
   * @param shift low bits of the first byte that belong to the frame before
   * @param bytes bytes to write
   * @param frameBits bits of the frame; what the last byte has beyond them becomes zero
   */
  TrimmedOutput(OutputStream out, long lead, int shift, long bytes, long frameBits) {
    super(out);
    this.lead = lead;
    this.shift = shift;
    this.left = bytes;
    this.frameBits = frameBits;
  }

  @Override
  public void write(int value) throws IOException {
    int b = value & 0xFF;
    if (lead > 0) {
      lead--;
    } else if (shift == 0) {
      emit(b);
    } else {
      if (held >= 0) {
        emit((held >>> shift | b << 8 - shift) & 0xFF);
      }
      held = b;
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (int i = offset; i < offset + length; i++) {
      write(bytes[i]);
    }
  }

  private void emit(int b) throws IOException {
    if (left > 0) {
      left--;
      written += 8;
      int beyond = (int) Math.max(0, written - frameBits);
      out.write(b & 0xFF >>> beyond);
    }
  }

  /** Writes what is held; the stream below stays open. */
  @Override
  public void close() throws IOException {
    if (held >= 0) {
      emit(held >>> shift);
    }
    out.flush();
  }
}
