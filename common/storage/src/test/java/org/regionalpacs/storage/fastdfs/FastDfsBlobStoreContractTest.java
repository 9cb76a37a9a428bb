package org.regionalpacs.storage.fastdfs;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.storage.BlobStoreContract;

class FastDfsBlobStoreContractTest extends BlobStoreContract {
  @TempDir Path folder;
  private Cluster cluster;

  @BeforeEach
  void start() throws IOException {
    cluster = new Cluster(folder, 2, 2, 1);
  }

  @AfterEach
  void stop() throws IOException {
    cluster.close();
  }

  @Override
  protected BlobStore store() {
    return cluster.store;
  }

  @Override
  protected boolean namesCollide() {
    return false;
  }
}
