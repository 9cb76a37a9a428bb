package org.regionalpacs.storage.cached;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.storage.chunked.ChunkedBlobStore;
import org.regionalpacs.storage.chunked.ChunkingSettings;
import org.regionalpacs.storage.fastdfs.Cluster;

/** As in production: blocks on FastDFS, with sizes on both sides of the threshold. */
class CachedFastDfsBlobStoreTest extends CachedBlobStoreContract {
  private static final ChunkingSettings SMALL = new ChunkingSettings(160_000, 140_000, 3, 4);

  @TempDir Path folder;
  private Cluster cluster;
  private BlobStore kept;

  @BeforeEach
  void start() throws IOException {
    cluster = new Cluster(folder, 1, 2);
    kept = ChunkedBlobStore.open(cluster.store, SMALL, folder.resolve("journals"));
  }

  @AfterEach
  void stop() throws IOException {
    cluster.close();
  }

  @Test
  void givenABlobInBlocks_thenItsListIsTold() throws IOException {
    String id = store().put("t/1.dcm", new ByteArrayInputStream(new byte[300_000]), 300_000).id();
    assertThat(store().blockList(id)).isPresent().isEqualTo(kept.blockList(id));
  }

  @Override
  BlobStore kept() {
    return kept;
  }

  @Override
  protected boolean namesCollide() {
    return false;
  }
}
