package org.regionalpacs.intake.reconcile;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps two runs of one ROOT from going on at the same time, in one process or several, also when a
 * process has lost the database and another took its task up. The operating system lifts it when
 * the process dies.
 */
final class RunLock implements Closeable {
  private static final String FILE = ".reconcile.lock";

  /**
   * Roots with a run in this process. The file must not be opened a second time meanwhile: POSIX
   * lifts a process's lock when it closes any descriptor of the file.
   */
  private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

  private final Path root;
  private final FileChannel channel;

  private RunLock(Path root, FileChannel channel) {
    this.root = root;
    this.channel = channel;
  }

  /** Empty when somebody else has it. */
  static Optional<RunLock> take(Path root) throws IOException {
    if (!OURS.add(root)) {
      return Optional.empty();
    }
    Optional<RunLock> taken = Optional.empty();
    try {
      FileChannel channel =
          FileChannel.open(root.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (channel.tryLock() != null) {
        taken = Optional.of(new RunLock(root, channel));
      } else {
        channel.close();
      }
    } finally {
      if (taken.isEmpty()) {
        OURS.remove(root);
      }
    }
    return taken;
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      OURS.remove(root);
    }
  }
}
