package org.regionalpacs.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.regionalpacs.chaos.Files10.Content;
import org.regionalpacs.test.fastdfs.FakeFastDfs;
import org.regionalpacs.test.fastdfs.FakeStorage;

/** The archive of a run: a folder of the product, or a cluster of FastDFS in this JVM. */
final class ChaosArchive implements AutoCloseable {
  private static final String OBJECT = ".dcm";

  private final Path data;
  private final Optional<FakeFastDfs> cluster;

  private ChaosArchive(Path data, Optional<FakeFastDfs> cluster) {
    this.data = data;
    this.cluster = cluster;
  }

  static ChaosArchive start(ChaosPlan.Archive kind, Path data) throws IOException {
    return new ChaosArchive(
        data,
        switch (kind) {
          case LOCAL -> Optional.empty();
          case FASTDFS -> Optional.of(FakeFastDfs.start(data.resolve("cluster"), 1, 2));
        });
  }

  /** As options of {@code ./pacs up}. */
  String[] options() {
    return cluster
        .map(fastDfs ->
            new String[] {"--blob-store=fastdfs", "--fastdfs-trackers=" + fastDfs.trackers()})
        .orElseGet(() -> new String[0]);
  }

  Optional<FakeFastDfs> cluster() {
    return cluster;
  }

  /**
   * The objects in it, by what is in the files; each once, however many storages have it.
   *
   * @param without ids of files that don't count
   */
  Map<Content, Integer> contents(Set<String> without) throws IOException {
    if (cluster.isEmpty()) {
      return Files10.in(data.resolve("archive"));
    }
    Map<Content, Integer> found = new HashMap<>();
    for (Map.Entry<String, Path> object : objects().entrySet()) {
      if (!without.contains(object.getKey())) {
        byte[] blob = Files.readAllBytes(object.getValue());
        found.merge(Files10.archived(blob), 1, Integer::sum);
      }
    }
    return found;
  }

  /** The objects' files on one of the storages' disks, by their ids. */
  Map<String, Path> objects() throws IOException {
    Map<String, Path> found = new LinkedHashMap<>();
    for (FakeStorage storage : cluster.map(FakeFastDfs::storages).orElse(List.of())) {
      for (String id : storage.files()) {
        if (id.endsWith(OBJECT)) {
          found.put(id, storage.file(id));
        }
      }
    }
    return found;
  }

  @Override
  public void close() throws IOException {
    if (cluster.isPresent()) {
      cluster.get().close();
    }
  }
}
