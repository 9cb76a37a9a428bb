package org.regionalpacs.storage.fastdfs;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.regionalpacs.index.PossibleOrphan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Possible orphans as lines of the log, the latest ones in memory too. */
final class LoggedOrphans implements OrphanJournal {
  private static final Logger LOG = LoggerFactory.getLogger(LoggedOrphans.class);

  private final int limit;
  private final Deque<PossibleOrphan> latest = new ArrayDeque<>();

  LoggedOrphans(int limit) {
    this.limit = limit;
  }

  @Override
  public void add(PossibleOrphan orphan) {
    LOG.warn("An upload's outcome is unknown: {}", orphan);
    synchronized (latest) {
      if (latest.size() == limit) {
        latest.removeFirst();
      }
      latest.addLast(orphan);
    }
  }

  @Override
  public List<PossibleOrphan> latest() {
    synchronized (latest) {
      return List.copyOf(latest);
    }
  }
}
