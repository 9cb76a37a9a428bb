package org.regionalpacs.storage.fastdfs;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.storage.BlobStoreContract;
import org.springframework.util.unit.DataSize;

/** The contract on a real cluster: {@code -Dfastdfs.trackers=host:port,...}. */
@EnabledIfSystemProperty(named = "fastdfs.trackers", matches = ".+")
class RealFastDfsContractTest extends BlobStoreContract {
  @TempDir Path folder;
  private FastDfsBlobStore store;

  @BeforeEach
  void open() {
    FastDfsProperties settings =
        new FastDfsProperties(
            List.of(System.getProperty("fastdfs.trackers").split(",")),
            "",
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofSeconds(15),
            DataSize.ofMegabytes(1),
            4,
            Duration.ofMillis(200),
            Duration.ofDays(1),
            folder.resolve("spool"),
            DataSize.ofMegabytes(100),
            folder.resolve("orphans"));
    store =
        FastDfsBlobStore.open(
            "fastdfs", settings, new LoggedOrphans(100), new SimpleMeterRegistry());
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
