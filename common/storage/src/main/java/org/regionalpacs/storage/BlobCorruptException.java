package org.regionalpacs.storage;

import java.io.IOException;

/** What a store keeps, or what arrived from it, isn't what was put. */
public final class BlobCorruptException extends IOException {
  private static final long serialVersionUID = 1L;

  public BlobCorruptException(String store, String id, String difference) {
    super("blob " + id + " in store " + store + " is not what was put: " + difference);
  }
}
