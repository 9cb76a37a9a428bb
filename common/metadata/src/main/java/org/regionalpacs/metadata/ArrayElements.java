package org.regionalpacs.metadata;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Strips the brackets of a JSON array as it passes by. */
final class ArrayElements {
  private static final int BUFFER = 16 * 1024;

  private ArrayElements() {}

  /**
   * @param array starts with its opening bracket and ends with its closing one
   * @return whether there was anything between them
   */
  static boolean copy(InputStream array, OutputStream out) throws IOException {
    if (array.read() != '[') {
      throw new EOFException("not a JSON array");
    }
    byte[] buffer = new byte[BUFFER];
    int held = 0; // 1 once a byte is kept back in buffer[0]: it may be the closing bracket
    boolean any = false;
    int count;
    while ((count = array.read(buffer, held, buffer.length - held)) >= 0) {
      int end = held + count;
      if (end > 1) {
        out.write(buffer, 0, end - 1);
        any = true;
        buffer[0] = buffer[end - 1];
      }
      held = Math.min(1, end);
    }
    if (held == 0 || buffer[0] != ']') {
      throw new EOFException("a JSON array ends before its closing bracket");
    }
    return any;
  }
}
