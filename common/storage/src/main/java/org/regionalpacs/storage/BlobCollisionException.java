package org.regionalpacs.storage;

import java.io.IOException;

/** A blob with this name and other content exists already. */
public final class BlobCollisionException extends IOException {
  private static final long serialVersionUID = 1L;

  public BlobCollisionException(String store, String name) {
    super("blob " + name + " exists in store " + store + " with other content");
  }
}
