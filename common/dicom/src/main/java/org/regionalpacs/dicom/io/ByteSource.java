package org.regionalpacs.dicom.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Random access to the bytes of a stored object, wherever they are. Thread-safe. */
public interface ByteSource {

  /** Number of bytes. */
  long size() throws IOException;

  /**
   * Opens a range. Skipping in the stream should not read what is skipped where that can be helped.
   *
   * @param offset first byte, from 0 to {@link #size()}
   * @param length number of bytes, or -1 for all that follow
   * @throws java.io.EOFException when the range doesn't lie within the bytes
   */
  InputStream open(long offset, long length) throws IOException;

  /** The bytes of a file. */
  static ByteSource of(Path file) {
    return new FileByteSource(file);
  }

  /** The bytes of an array. */
  static ByteSource of(byte[] bytes) {
    return new ArrayByteSource(bytes);
  }
}
