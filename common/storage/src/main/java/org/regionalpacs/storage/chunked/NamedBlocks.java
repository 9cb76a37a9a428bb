package org.regionalpacs.storage.chunked;

import java.io.IOException;
import java.util.Optional;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.storage.BlobStoreUnreachableException;

/** Blocks in a store that keeps names: they are found by them. */
final class NamedBlocks implements UploadedBlocks {
  private final BlobStore store;
  private final BlockNames names;

  NamedBlocks(BlobStore store, BlockNames names) {
    this.store = store;
    this.names = names;
  }

  @Override
  public String name(int index, String upTo, int size) {
    return names.block(index, upTo, size);
  }

  @Override
  public Optional<String> find(int index, String upTo, int size) throws IOException {
    return store
        .stat(name(index, upTo, size))
        .filter(blob -> blob.size() == size)
        .map(BlobStore.StoredBlob::id);
  }

  @Override
  public void add(int index, String upTo, Block block) {
    // Its name says it.
  }

  @Override
  public void complete() {
    // There is nothing beside the blocks.
  }

  /**
   * Makes sure that no delete has taken a block away between its being found and the manifest.
   *
   * @throws BlobStoreUnreachableException when one has: the blob is to be put again
   */
  static void requireAll(BlobStore store, Manifest manifest) throws IOException {
    for (Block block : manifest.blocks()) {
      if (store.stat(block.id()).isEmpty()) {
        throw new BlobStoreUnreachableException(store.name(), "a block was deleted meanwhile");
      }
    }
  }

  @Override
  public void close() {
    // There is nothing open.
  }
}
