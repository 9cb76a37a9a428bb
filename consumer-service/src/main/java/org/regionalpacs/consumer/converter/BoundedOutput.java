package org.regionalpacs.consumer.converter;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A file in scratch, which takes no more than there is room for. */
final class BoundedOutput extends FilterOutputStream {
  private final Scratch scratch;
  private long length;

  BoundedOutput(OutputStream out, Scratch scratch) {
    super(out);
    this.scratch = scratch;
  }

  /** It would be longer than any may be. */
  static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLongException(long most) {
      super("it would have more than %d bytes, which is pacs.converter.largest".formatted(most));
    }
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  /**
   * @throws TooLongException when it would be longer than any may be
   * @throws IOException when there is no room now
   */
  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    if (count > scratch.most() - length) {
      throw new TooLongException(scratch.most());
    }
    scratch.take(count);
    out.write(bytes, offset, count);
    length += count;
  }
}
