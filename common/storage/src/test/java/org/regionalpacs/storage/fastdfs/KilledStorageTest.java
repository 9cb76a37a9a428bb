package org.regionalpacs.storage.fastdfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionalpacs.index.PossibleOrphan;
import org.regionalpacs.storage.BlobStoreUnreachableException;
import org.regionalpacs.test.fastdfs.FakeStorage;

class KilledStorageTest {
  private static final int BLOBS = 1000;
  private static final int WRITERS = 8;
  private static final int LEAST_KILLS = 10;
  private static final Duration BETWEEN_KILLS = Duration.ofMillis(60);

  @TempDir Path folder;

  @Test
  void givenStoragesThatAreKilledAndRestarted_whenAThousandBlobsArePut_thenNoneIsLost()
      throws Exception {
    try (Cluster cluster = new Cluster(folder, 1, 2);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      AtomicBoolean done = new AtomicBoolean();
      AtomicInteger kills = new AtomicInteger();
      Future<?> killer = threads.submit(() -> kill(cluster, done, kills));
      Map<String, String> acknowledged = new ConcurrentHashMap<>();
      AtomicInteger next = new AtomicInteger();
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        writers.add(
            threads.submit(() -> {
              for (int n = next.getAndIncrement();
                  n < BLOBS || kills.get() < LEAST_KILLS;
                  n = next.getAndIncrement()) {
                acknowledged.put("t/blob-" + n, putUntilAcknowledged(cluster, "t/blob-" + n));
              }
              return null;
            }));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
      done.set(true);
      killer.get();

      assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(BLOBS);
      for (Map.Entry<String, String> blob : acknowledged.entrySet()) {
        try (InputStream in = cluster.store.get(blob.getValue(), 0, -1)) {
          assertThat(in.readAllBytes()).isEqualTo(content(blob.getKey()));
        }
      }
      Set<String> suspects =
          cluster.orphans.latest().stream().map(PossibleOrphan::name).collect(Collectors.toSet());
      assertThat(suspects).isNotEmpty().containsAll(namesOfUnknown(cluster, acknowledged));
    }
  }

  private static Void kill(Cluster cluster, AtomicBoolean done, AtomicInteger kills)
      throws IOException {
    while (!done.get()) {
      FakeStorage storage = cluster.servers.storage(kills.getAndIncrement() % 2);
      storage.kill();
      LockSupport.parkNanos(BETWEEN_KILLS.toNanos());
      storage.restart();
      LockSupport.parkNanos(BETWEEN_KILLS.toNanos());
    }
    return null;
  }

  /** As Kafka does with a batch that fails. */
  private static String putUntilAcknowledged(Cluster cluster, String name) throws IOException {
    byte[] content = content(name);
    while (true) {
      try {
        return cluster.store.put(name, new ByteArrayInputStream(content), content.length).id();
      } catch (BlobStoreUnreachableException e) {
        // Again.
      }
    }
  }

  private static byte[] content(String name) {
    return (name + "\n").repeat(200).getBytes(StandardCharsets.UTF_8);
  }

  /** Names of the blobs whose content lies in files that nobody knows. */
  private static Set<String> namesOfUnknown(Cluster cluster, Map<String, String> acknowledged)
      throws IOException {
    Set<String> names = ConcurrentHashMap.newKeySet();
    for (FakeStorage storage : cluster.servers.storages()) {
      for (String id : storage.files()) {
        if (!acknowledged.containsValue(id)) {
          names.add(Files.readAllLines(storage.file(id)).getFirst());
        }
      }
    }
    return names;
  }
}
