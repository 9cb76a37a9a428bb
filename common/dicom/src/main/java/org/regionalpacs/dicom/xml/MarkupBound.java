package org.regionalpacs.dicom.xml;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Ends a stream in which a single piece of markup, such as a comment or an attribute, is longer
 * than any can be in earnest: the parser would collect it in memory.
 */
final class MarkupBound extends FilterInputStream {
  private static final long LONGEST = 1 << 20;

  private long sinceEvent;

  MarkupBound(InputStream in) {
    super(in);
  }

  /** The parser has got something: another piece begins. */
  void event() {
    sinceEvent = 0;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    int count = super.read(to, offset, length);
    sinceEvent += Math.max(0, count);
    if (sinceEvent > LONGEST) {
      throw new TooLongException();
    }
    return count;
  }

  /** Stands for the reason inside the parser. */
  static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1L;
  }
}
