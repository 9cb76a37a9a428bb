package org.regionalpacs.storage;

import java.io.IOException;

/** The store answered, and there is no such blob. */
public final class BlobMissingException extends IOException {
  private static final long serialVersionUID = 1L;

  public BlobMissingException(String store, String id) {
    super("no blob " + id + " in store " + store);
  }
}
