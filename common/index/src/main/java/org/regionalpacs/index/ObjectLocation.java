package org.regionalpacs.index;

/**
 * A place where the bytes of an object are, all of its file in one piece.
 *
 * @param store {@link #ONLINE}, or the name of a blob store
 * @param node id of the node whose disk it is; empty unless the store is {@link #ONLINE}
 * @param blobId path relative to the node's ROOT, or the store's blob id
 * @param offset where the file starts in the blob
 * @param length bytes of the file
 */
public record ObjectLocation(String store, String node, String blobId, long offset, long length) {

  /** The store of files on a node's own disk. */
  public static final String ONLINE = "online";

  /** Whether it is a file on a node's own disk. */
  public boolean online() {
    return store.equals(ONLINE);
  }
}
