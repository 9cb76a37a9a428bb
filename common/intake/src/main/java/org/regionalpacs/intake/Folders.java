package org.regionalpacs.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Makes the folders of the online store, durably: a name in a folder is safe only when the folder's
 * own name is.
 */
final class Folders {
  private static final int REMEMBERED = 10_000;

  /** A disk that has not flushed a folder for so long is out of order: the objects are refused. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  private final Path root;
  private final boolean flush;
  private final GroupFlush shared;

  /** Folders whose names are known to be on the disk; the oldest is forgotten first. */
  private final Set<Path> durable =
      Collections.synchronizedSet(
          Collections.newSetFromMap(
              new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Path, Boolean> eldest) {
                  return size() > REMEMBERED;
                }
              }));

  Folders(Path root, Sync sync) {
    this(root, sync, Flush::folder);
  }

  Folders(Path root, Sync sync, GroupFlush.Flushing flushing) {
    this.root = root;
    this.flush = sync != Sync.NONE;
    this.shared = new GroupFlush(flushing, LONGEST_WAIT);
  }

  /** Makes a folder below the root if it isn't there. When this returns, its name is durable. */
  void require(Path folder) throws IOException {
    if (durable.contains(folder)) {
      return;
    }
    Files.createDirectories(folder);
    for (Path parent = folder.getParent(); parent.startsWith(root); parent = parent.getParent()) {
      flush(parent);
    }
    durable.add(folder);
  }

  /** The folder was seen to be missing. */
  void forget(Path folder) {
    durable.remove(folder);
  }

  /** Waits until the names in a folder are on the disk; others may share the flush. */
  void flush(Path folder) throws IOException {
    if (flush) {
      shared.flush(folder);
    }
  }

  /** Waits until a file's bytes and times are on the disk. */
  void flushFile(Path file) throws IOException {
    if (flush) {
      Flush.file(file);
    }
  }
}
