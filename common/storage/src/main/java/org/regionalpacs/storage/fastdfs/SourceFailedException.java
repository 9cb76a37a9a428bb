package org.regionalpacs.storage.fastdfs;

import java.io.IOException;

/** What is to be uploaded can't be read: the cluster has no part in it. */
final class SourceFailedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final IOException source;

  SourceFailedException(IOException source) {
    super(source.getMessage(), source);
    this.source = source;
  }

  IOException source() {
    return source;
  }
}
