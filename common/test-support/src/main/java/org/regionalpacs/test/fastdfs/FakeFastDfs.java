package org.regionalpacs.test.fastdfs;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * A cluster: trackers on 127.0.0.2, storages on 127.0.0.10 and up, on ports of the system's choice.
 */
public final class FakeFastDfs implements AutoCloseable {
  private static final String TRACKERS = "127.0.0.2";
  private static final int FIRST_STORAGE = 10;
  private static final int ATTEMPTS = 20;

  private final Path root;
  private final List<FakeStorage> storages = new CopyOnWriteArrayList<>();
  private final List<FakeTracker> trackers = new ArrayList<>();
  private final Map<String, Replication> replications = new LinkedHashMap<>();

  private FakeFastDfs(Path root) {
    this.root = root;
  }

  /**
   * Starts a cluster.
   *
   * @param root where the storages keep their files
   * @param trackers how many
   * @param storages how many in each of the groups {@code group1}, {@code group2}, ...
   */
  public static FakeFastDfs start(Path root, int trackers, int... storages) throws IOException {
    FakeFastDfs cluster = new FakeFastDfs(root);
    for (int group = 0; group < storages.length; group++) {
      cluster.group("group" + (group + 1), storages[group]);
    }
    for (int i = 0; i < trackers; i++) {
      cluster.trackers.add(new FakeTracker(InetAddress.getByName(TRACKERS), cluster.storages));
    }
    return cluster;
  }

  private void group(String group, int members) throws IOException {
    for (int attempt = 1; ; attempt++) {
      List<FakeStorage> started = new ArrayList<>();
      try {
        Replication replication = new Replication();
        for (int i = 0; i < members; i++) {
          int port = started.isEmpty() ? 0 : started.getFirst().port();
          started.add(storage(group, storages.size() + i, port, replication));
        }
        storages.addAll(started);
        replications.put(group, replication);
        return;
      } catch (BindException e) {
        // Another program has the port on one of the addresses.
        for (FakeStorage storage : started) {
          storage.kill();
        }
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private FakeStorage storage(String group, int index, int port, Replication replication)
      throws IOException {
    InetAddress address = InetAddress.getByName("127.0.0." + (FIRST_STORAGE + index));
    Path folder = root.resolve(address.getHostAddress());
    return new FakeStorage(group, address, port, folder, replication);
  }

  /** All trackers, {@code host:port,host:port}. */
  public String trackers() {
    return trackers.stream().map(FakeTracker::hostAndPort).collect(Collectors.joining(","));
  }

  public FakeTracker tracker(int index) {
    return trackers.get(index);
  }

  /** A storage, counted through all groups from 0. */
  public FakeStorage storage(int index) {
    return storages.get(index);
  }

  /** All storages. */
  public List<FakeStorage> storages() {
    return List.copyOf(storages);
  }

  /** Leaves new files of a group on the storage that received them. */
  public void pauseReplication(String group) {
    replications.get(group).pause();
  }

  /** Brings the other storages of a group up to date. */
  public void resumeReplication(String group) throws IOException {
    replications.get(group).resume();
  }

  /** Ends all faults everywhere. */
  public void heal() {
    trackers.forEach(tracker -> tracker.faults().heal());
    storages.forEach(storage -> {
      storage.faults().heal();
      storage.full(false);
    });
  }

  @Override
  public void close() throws IOException {
    heal();
    for (FakeTracker tracker : trackers) {
      tracker.kill();
    }
    for (FakeStorage storage : storages) {
      storage.kill();
    }
  }
}
