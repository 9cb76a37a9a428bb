package org.regionalpacs.dicom.json;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Remembers whether the source failed, as opposed to what a parser makes of its bytes. */
final class WatchedStream extends FilterInputStream {
  private Optional<IOException> failure = Optional.empty();

  WatchedStream(InputStream in) {
    super(in);
  }

  /** Throws what the source threw, if it did. */
  void rethrow() throws IOException {
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  @Override
  public int read() throws IOException {
    try {
      return super.read();
    } catch (IOException e) {
      failure = Optional.of(e);
      throw e;
    }
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    try {
      return super.read(to, offset, length);
    } catch (IOException e) {
      failure = Optional.of(e);
      throw e;
    }
  }
}
