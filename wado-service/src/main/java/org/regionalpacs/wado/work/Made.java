package org.regionalpacs.wado.work;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** What was made for a request: in the heap when it is small, else in a scratch file. */
public sealed interface Made extends AutoCloseable permits Made.InHeap, ScratchOutput.InFile {

  /** Number of bytes. */
  long length();

  /** Copies all bytes. */
  void copyTo(OutputStream out) throws IOException;

  /** The bytes, of what is small. */
  Optional<byte[]> bytes();

  /** Frees the space it takes. */
  @Override
  void close() throws IOException;

  /** A few bytes. */
  static Made of(byte[] bytes) {
    return new InHeap(bytes);
  }

  /**
   * In the heap.
   *
   * @param content its bytes
   */
  record InHeap(byte[] content) implements Made {
    @Override
    public long length() {
      return content.length;
    }

    @Override
    public void copyTo(OutputStream out) throws IOException {
      out.write(content);
    }

    @Override
    public Optional<byte[]> bytes() {
      return Optional.of(content);
    }

    @Override
    public void close() {}
  }
}
