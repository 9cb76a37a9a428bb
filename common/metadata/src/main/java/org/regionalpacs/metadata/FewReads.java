package org.regionalpacs.metadata;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.regionalpacs.dicom.io.ByteSource;

/**
 * A file of which a few ranges may be read: where fragments have to be looked at one by one, each
 * look is a transfer when the file is far away.
 */
final class FewReads implements ByteSource {
  private static final int MOST = 1000;

  private final ByteSource file;
  private final AtomicInteger left = new AtomicInteger(MOST);

  FewReads(ByteSource file) {
    this.file = file;
  }

  @Override
  public long size() throws IOException {
    return file.size();
  }

  @Override
  public InputStream open(long offset, long length) throws IOException {
    if (left.getAndDecrement() <= 0) {
      throw new IOException("more than " + MOST + " ranges would have to be read");
    }
    return file.open(offset, length);
  }
}
