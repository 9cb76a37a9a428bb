package org.regionalpacs.storage.fastdfs;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Evidence that a file isn't there. Status 2 alone is none: a tracker answers it while no storage
 * is active, and a replica before it is up to date. It is proven when every active storage of the
 * group says so, and among them the one that received the file, or the file is so old that all have
 * it.
 */
final class Absence {
  private final FileId file;
  private final Instant settled;
  private final Set<String> without = new HashSet<>();

  Absence(FileId file, Duration settledAfter) {
    this.file = file;
    this.settled = file.created().plus(settledAfter);
  }

  /** A storage answered that it has no such file. */
  void testify(HostPort storage) {
    without.add(storage.host());
  }

  boolean proven(List<HostPort> active) {
    return !active.isEmpty()
        && active.stream().map(HostPort::host).allMatch(without::contains)
        && (without.contains(file.source()) || Instant.now().isAfter(settled));
  }
}
