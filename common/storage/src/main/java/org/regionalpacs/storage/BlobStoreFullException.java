package org.regionalpacs.storage;

import java.io.IOException;

/** A store has no room for a blob now. What is kept can still be read. */
public final class BlobStoreFullException extends IOException {
  private static final long serialVersionUID = 1L;

  public BlobStoreFullException(String store, String reason) {
    super("blob store " + store + " is full: " + reason);
  }
}
