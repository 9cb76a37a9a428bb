package org.regionalpacs.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.regionalpacs.test.fastdfs.FakeFastDfs;
import org.regionalpacs.test.fastdfs.FakeStorage;
import org.regionalpacs.test.fastdfs.Fault;
import org.regionalpacs.test.fastdfs.Wire;

/** Breaks a cluster of FastDFS. */
final class ArchiveFaults {
  private static final int TIMES = 4;
  private static final int SOME_BYTES = 3000;

  private final FakeFastDfs cluster;
  private final Duration hang;
  private final FaultLog log;
  private final Random random;

  ArchiveFaults(FakeFastDfs cluster, Duration hang, FaultLog log, Random random) {
    this.cluster = cluster;
    this.hang = hang;
    this.log = log;
    this.random = random;
  }

  /** The next uploads break off, or their answers are lost, and the next downloads are cut. */
  void breakTransfers() {
    for (FakeStorage storage : cluster.storages()) {
      storage.faults().next(Wire.UPLOAD, new Fault.DropUpload(SOME_BYTES), TIMES);
      storage.faults().next(Wire.UPLOAD, new Fault.LoseResponse(), TIMES);
      storage.faults().next(Wire.DOWNLOAD, new Fault.TruncateDownload(SOME_BYTES), TIMES);
    }
    log.say("FastDFS: uploads break off, answers get lost, downloads are cut");
  }

  void restartAStorage() throws IOException, InterruptedException {
    List<FakeStorage> storages = cluster.storages();
    int which = random.nextInt(storages.size());
    storages.get(which).kill();
    log.say("FastDFS: storage %d is killed", which);
    Thread.sleep(1000 + random.nextInt(3000));
    storages.get(which).restart();
    log.say("FastDFS: storage %d is back", which);
  }

  void hangTheTracker() throws InterruptedException {
    for (int command : List.of(Wire.STORE, Wire.FETCH_ONE, Wire.FETCH_ALL, Wire.UPDATE)) {
      cluster.tracker(0).faults().always(command, new Fault.Hang());
    }
    log.say("FastDFS: the tracker hangs for %d s", hang.toSeconds());
    Thread.sleep(hang);
    cluster.tracker(0).faults().heal();
    log.say("FastDFS: the tracker answers");
  }
}
