package org.regionalpacs.storage.cached;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.storage.LocalBlobStore;

class CachedLocalBlobStoreTest extends CachedBlobStoreContract {
  @TempDir Path folder;
  private BlobStore kept;

  @BeforeEach
  void open() {
    kept = LocalBlobStore.open("local", folder);
  }

  @Override
  BlobStore kept() {
    return kept;
  }
}
