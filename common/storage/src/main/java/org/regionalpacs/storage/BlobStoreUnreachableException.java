package org.regionalpacs.storage;

import java.io.IOException;

/**
 * A store, or the part of it that would know, didn't answer in time. Nothing follows from it for
 * any blob; the same call may succeed later.
 */
public final class BlobStoreUnreachableException extends IOException {
  private static final long serialVersionUID = 1L;

  public BlobStoreUnreachableException(String store, String reason) {
    super("blob store " + store + " can't be reached: " + reason);
  }

  public BlobStoreUnreachableException(String store, String reason, Throwable cause) {
    super("blob store " + store + " can't be reached: " + reason, cause);
  }
}
