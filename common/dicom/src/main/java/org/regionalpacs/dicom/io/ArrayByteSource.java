package org.regionalpacs.dicom.io;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.InputStream;

record ArrayByteSource(byte[] bytes) implements ByteSource {
  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public InputStream open(long offset, long length) throws EOFException {
    long end = length < 0 ? bytes.length : offset + length;
    if (offset < 0 || offset > bytes.length || end > bytes.length) {
      throw new EOFException("bytes " + offset + " to " + end + " of " + bytes.length);
    }
    return new ByteArrayInputStream(bytes, (int) offset, (int) (end - offset));
  }
}
