package org.regionalpacs.metadata;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.regionalpacs.metadata.FrameIndexBytes.CorruptException;
import org.regionalpacs.storage.BlobStore;

/** Reads the frame index that a kept document's blob holds. */
final class StoredFrameIndex {
  private StoredFrameIndex() {}

  /**
   * @throws org.regionalpacs.storage.BlobMissingException when the blob is gone
   * @throws CorruptException when it isn't what was written
   */
  static List<IndexedFrames> read(BlobStore store, KeptDocument kept) throws IOException {
    try (InputStream in = store.get(kept.blobId(), kept.size(), kept.framesSize())) {
      return FrameIndexBytes.read(in);
    } catch (EOFException e) {
      throw new CorruptException("the blob ends before its frame index does");
    }
  }
}
