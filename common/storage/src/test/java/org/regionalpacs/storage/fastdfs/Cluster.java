package org.regionalpacs.storage.fastdfs;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.regionalpacs.test.fastdfs.FakeFastDfs;
import org.springframework.util.unit.DataSize;

/** A FastDFS cluster in this JVM, and a store on it that loses its patience soon. */
final class Cluster implements AutoCloseable {
  static final Duration IO_TIMEOUT = Duration.ofMillis(400);
  static final Duration DEADLINE = Duration.ofSeconds(6);
  static final int ATTEMPTS = 3;

  final FakeFastDfs servers;
  final FastDfsProperties settings;
  final OrphanJournal orphans = new LoggedOrphans(2_000);
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final FastDfsBlobStore store;

  Cluster(Path folder, int trackers, int... storages) throws IOException {
    servers = FakeFastDfs.start(folder.resolve("fastdfs"), trackers, storages);
    settings = settings(List.of(servers.trackers().split(",")), folder);
    store = FastDfsBlobStore.open("fastdfs", settings, orphans, meters);
  }

  static FastDfsProperties settings(List<String> trackers, Path folder) {
    return new FastDfsProperties(
        trackers,
        "",
        Duration.ofSeconds(1),
        IO_TIMEOUT,
        DEADLINE,
        DataSize.ofMegabytes(1),
        ATTEMPTS,
        Duration.ofMillis(10),
        Duration.ofDays(1),
        folder.resolve("spool"),
        DataSize.ofMegabytes(64));
  }

  double counted(String meter) {
    return meters.get(meter).counters().stream().mapToDouble(counter -> counter.count()).sum();
  }

  @Override
  public void close() throws IOException {
    servers.close();
  }
}
