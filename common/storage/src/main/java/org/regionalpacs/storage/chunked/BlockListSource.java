package org.regionalpacs.storage.chunked;

import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import org.regionalpacs.storage.BlobStore;

/**
 * Lists of blocks that are kept beside the ids of blobs, as {@link BlobStore#blockList} gave them.
 */
public interface BlockListSource {
  /** Nobody keeps any. */
  BlockListSource NONE =
      new BlockListSource() {
        @Override
        public Optional<String> find(String blobId) {
          return Optional.empty();
        }

        @Override
        public boolean names(Collection<String> blockIds) {
          return false;
        }
      };

  /**
   * The list of a blob.
   *
   * @throws IOException when nobody can tell now
   */
  Optional<String> find(String blobId) throws IOException;

  /**
   * Whether any list has one of these blocks.
   *
   * @throws IOException when nobody can tell now
   */
  boolean names(Collection<String> blockIds) throws IOException;
}
