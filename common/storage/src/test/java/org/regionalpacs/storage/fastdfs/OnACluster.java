package org.regionalpacs.storage.fastdfs;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.test.fastdfs.FakeStorage;

/** A store on a cluster of two trackers and one group of two storages. */
abstract class OnACluster {
  static final int LARGE = 30_000_000;

  @TempDir Path folder;
  Cluster cluster;
  FastDfsBlobStore store;
  FakeStorage first;
  FakeStorage second;

  @BeforeEach
  void start() throws IOException {
    cluster = new Cluster(folder, 2, 2);
    store = cluster.store;
    first = cluster.servers.storage(0);
    second = cluster.servers.storage(1);
  }

  @AfterEach
  void stop() throws IOException {
    cluster.close();
  }

  static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  final String put(byte[] content) throws IOException {
    return store.put("t/1.2/3.dcm", new ByteArrayInputStream(content), content.length).id();
  }

  final byte[] get(String id, long offset, long length) throws IOException {
    try (InputStream in = store.get(id, offset, length)) {
      return in.readAllBytes();
    }
  }

  final FakeStorage sourceOf(String id) {
    return FileId.parse(id).source().equals(first.address().getHostAddress()) ? first : second;
  }

  final FastDfsBlobStore settledAfter(Duration age) {
    return withSettings(cluster.settings.ioTimeout(), cluster.settings.readDeadline(), age);
  }

  /** A store whose operations have time, but whose readers don't. */
  final FastDfsBlobStore hastyReaders(Duration readDeadline) {
    return withSettings(
        Duration.ofMinutes(5), readDeadline, cluster.settings.settledAfter().plusSeconds(2));
  }

  private FastDfsBlobStore withSettings(Duration ioTimeout, Duration readDeadline, Duration age) {
    FastDfsProperties s = cluster.settings;
    return FastDfsBlobStore.open(
        "fastdfs",
        new FastDfsProperties(
            s.trackers(),
            s.group(),
            s.connectTimeout(),
            ioTimeout,
            s.deadline(),
            readDeadline,
            s.minimumRate(),
            s.attempts(),
            s.pause(),
            age.minusSeconds(2),
            s.spool(),
            s.spoolLimit(),
            s.orphans()),
        cluster.orphans,
        new SimpleMeterRegistry());
  }
}
