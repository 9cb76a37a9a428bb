package org.regionalpacs.storage.chunked;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.storage.BlobStoreContract;
import org.regionalpacs.storage.LocalBlobStore;

/** The contract, with sizes on both sides of the threshold, over a store that keeps names. */
class ChunkedLocalBlobStoreTest extends BlobStoreContract {
  private static final ChunkingSettings SMALL = new ChunkingSettings(60_000, 40_000, 3, 4);

  @TempDir Path folder;
  private ChunkedBlobStore store;

  @BeforeEach
  void open() {
    store =
        ChunkedBlobStore.open(
            LocalBlobStore.open("local", folder.resolve("archive")),
            SMALL,
            folder.resolve("journals"));
  }

  @Override
  protected BlobStore store() {
    return store;
  }
}
