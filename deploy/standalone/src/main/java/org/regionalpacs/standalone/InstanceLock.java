package org.regionalpacs.standalone;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/**
 * One product a data folder. The operating system releases the lock when the process ends, however
 * it ends, so that it can't be stale.
 */
final class InstanceLock implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final FileChannel channel;

  private InstanceLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the lock; empty when another process has it. */
  static Optional<InstanceLock> take(DataFolder folder) {
    return take(file(folder));
  }

  /** Takes the lock of who rebuilds the index of a running product; empty when another has it. */
  static Optional<InstanceLock> takeForRebuild(DataFolder folder) {
    return take(folder.run().resolve("rebuild.lock"));
  }

  private static Optional<InstanceLock> take(Path file) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      while (channel.tryLock() == null) {
        // `status` holds it for an instant when it looks whether somebody has it.
        if (System.nanoTime() > deadline) {
          channel.close();
          return Optional.empty();
        }
        Thread.sleep(50);
      }
      return Optional.of(new InstanceLock(channel));
    } catch (IOException e) {
      throw new Complaint("The data folder can't be locked: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Complaint("interrupted", e);
    }
  }

  /** Whether a process has the lock. */
  static boolean taken(DataFolder folder) {
    if (!Files.exists(file(folder))) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file(folder), StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock == null;
    } catch (IOException e) {
      throw new Complaint("The data folder's lock can't be read: " + e, e);
    }
  }

  private static Path file(DataFolder folder) {
    return folder.run().resolve("lock");
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
