package org.regionalpacs.storage.fastdfs;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.regionalpacs.test.fastdfs.FakeFastDfs;
import org.springframework.util.unit.DataSize;

/** A FastDFS cluster in this JVM, and a store on it. */
public final class Cluster implements AutoCloseable {
  /** Long enough for a machine that does much else. */
  static final Duration PATIENT = Duration.ofSeconds(3);

  static final Duration DEADLINE = Duration.ofSeconds(15);
  static final int ATTEMPTS = 3;

  public final FakeFastDfs servers;
  final FastDfsProperties settings;
  public final OrphanJournal orphans = new LoggedOrphans(2_000);
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  public final FastDfsBlobStore store;

  public Cluster(Path folder, int trackers, int... storages) throws IOException {
    this(PATIENT, folder, trackers, storages);
  }

  Cluster(Duration ioTimeout, Path folder, int trackers, int... storages) throws IOException {
    servers = FakeFastDfs.start(folder.resolve("fastdfs"), trackers, storages);
    settings = settings(ioTimeout, List.of(servers.trackers().split(",")), folder);
    store = FastDfsBlobStore.open("fastdfs", settings, orphans, meters);
  }

  private static FastDfsProperties settings(
      Duration ioTimeout, List<String> trackers, Path folder) {
    return new FastDfsProperties(
        trackers,
        "",
        Duration.ofSeconds(1),
        ioTimeout,
        DEADLINE,
        DEADLINE,
        DataSize.ofMegabytes(1),
        ATTEMPTS,
        Duration.ofMillis(10),
        Duration.ofDays(1),
        folder.resolve("spool"),
        DataSize.ofMegabytes(64),
        folder.resolve("orphans"));
  }

  double counted(String meter) {
    return meters.get(meter).counters().stream().mapToDouble(counter -> counter.count()).sum();
  }

  @Override
  public void close() throws IOException {
    servers.close();
  }
}
