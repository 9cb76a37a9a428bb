package org.regionalpacs.storage;

import java.io.IOException;

/**
 * A derived blob is on another host, which can't be asked now. Others may read it: it isn't to be
 * replaced, but what it says can be made again for who needs it here.
 */
public final class BlobUnreachableHereException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param id of the blob
   */
  public BlobUnreachableHereException(String id, IOException cause) {
    super("blob " + id + " can't be reached from here", cause);
  }
}
