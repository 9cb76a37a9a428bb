package org.regionalpacs.storage.chunked;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.storage.BlobStoreContract;
import org.regionalpacs.storage.fastdfs.Cluster;

/** The contract, with sizes on both sides of the threshold, over a store that chooses ids. */
class ChunkedFastDfsBlobStoreTest extends BlobStoreContract {
  private static final ChunkingSettings SMALL = new ChunkingSettings(160_000, 140_000, 3, 4);

  @TempDir Path folder;
  private Cluster cluster;
  private ChunkedBlobStore store;

  @BeforeEach
  void start() throws IOException {
    cluster = new Cluster(folder, 1, 2);
    store = ChunkedBlobStore.open(cluster.store, SMALL, folder.resolve("journals"));
  }

  @AfterEach
  void stop() throws IOException {
    cluster.close();
  }

  @Override
  protected BlobStore store() {
    return store;
  }

  @Override
  protected boolean namesCollide() {
    return false;
  }
}
