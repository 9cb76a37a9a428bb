package org.regionalpacs.dicom.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.regionalpacs.dicom.data.ByteOrder;

/** Copies words while reversing their bytes. */
final class Swapping {
  private static final int BUFFER = 64 * 1024;

  private Swapping() {}

  /**
   * Copies exactly {@code length} bytes.
   *
   * @param unit bytes that are reversed together; 1 copies as is
   * @throws EOFException when there are fewer
   */
  static void copy(InputStream in, long length, int unit, OutputStream out) throws IOException {
    byte[] buffer = new byte[(int) Math.min(BUFFER, Math.max(1, length))];
    long left = length;
    while (left > 0) {
      int count = in.readNBytes(buffer, 0, (int) Math.min(buffer.length, left));
      if (count == 0) {
        throw new EOFException("ended " + left + " bytes early");
      }
      ByteOrder.swap(buffer, 0, count, unit);
      out.write(buffer, 0, count);
      left -= count;
    }
  }
}
