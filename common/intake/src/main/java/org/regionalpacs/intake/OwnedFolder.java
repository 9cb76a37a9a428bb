package org.regionalpacs.intake;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A folder of this process alone, below one that several processes share. A lock, which the
 * operating system lifts when the process dies, tells the living from the dead; what the dead left
 * goes to the next who starts.
 */
final class OwnedFolder implements Closeable {
  private static final String LOCK = ".lock";

  /**
   * Folders of this process. Their lock files must not be opened a second time: POSIX lifts a
   * process's lock when it closes any descriptor of the file.
   */
  private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

  /** What a dead process left is taken over. */
  interface Heir {
    /** Called with the folder of a dead process; afterwards the folder is deleted if empty. */
    void inherit(Path folder) throws IOException;
  }

  private final Path path;
  private final FileChannel channel;

  private OwnedFolder(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** Makes a folder below the shared one. */
  static OwnedFolder create(Path shared) throws IOException {
    Files.createDirectories(shared);
    try (Guard _ = Guard.of(shared)) {
      Path path = Files.createDirectory(shared.resolve(UUID.randomUUID().toString()));
      // What will be promised by a file in it must be found again.
      Flush.folder(shared);
      Flush.folder(shared.toAbsolutePath().getParent());
      return lock(path).orElseThrow(() -> new IOException("can't lock " + path));
    }
  }

  Path path() {
    return path;
  }

  /** Hands the folders of dead processes to the heir. */
  void bury(Heir heir) throws IOException {
    Path shared = path.getParent();
    try (Guard _ = Guard.of(shared)) {
      for (Path folder : foldersIn(shared)) {
        Optional<OwnedFolder> dead = lock(folder);
        if (dead.isPresent()) {
          try {
            heir.inherit(folder);
          } finally {
            dead.get().release();
          }
        }
      }
    }
  }

  private static List<Path> foldersIn(Path shared) throws IOException {
    List<Path> folders = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(shared, Files::isDirectory)) {
      entries.forEach(folders::add);
    }
    return folders;
  }

  /** Empty when this or another process holds the lock. */
  private static Optional<OwnedFolder> lock(Path folder) throws IOException {
    if (!OURS.add(folder)) {
      return Optional.empty();
    }
    FileChannel channel =
        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (channel.tryLock() != null) {
      return Optional.of(new OwnedFolder(folder, channel));
    }
    channel.close();
    OURS.remove(folder);
    return Optional.empty();
  }

  /** Gives the folder up and deletes it if nothing is left in it. */
  @Override
  public void close() throws IOException {
    try (Guard _ = Guard.of(path.getParent())) {
      release();
    }
  }

  private void release() throws IOException {
    try (channel) {
      if (isEmpty()) {
        Files.deleteIfExists(path.resolve(LOCK));
        Files.deleteIfExists(path);
      }
    } finally {
      OURS.remove(path);
    }
  }

  private boolean isEmpty() throws IOException {
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(path, entry -> !entry.endsWith(LOCK))) {
      return !entries.iterator().hasNext();
    }
  }

  /** Lets one at a time make, lock or bury folders, among the processes and within each. */
  record Guard(FileChannel channel, FileLock lock) implements Closeable {
    private static final ReentrantLock WITHIN_PROCESS = new ReentrantLock();
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMillis(20);

    /**
     * Waits for its turn.
     *
     * @throws IOException when it doesn't come within a minute: another process hangs
     */
    static Guard of(Path shared) throws IOException {
      return of(shared, LONGEST_WAIT);
    }

    static Guard of(Path shared, Duration longest) throws IOException {
      long end = System.nanoTime() + longest.toNanos();
      try {
        if (!WITHIN_PROCESS.tryLock(longest.toNanos(), TimeUnit.NANOSECONDS)) {
          throw held(shared, longest);
        }
        try {
          return amongProcesses(shared, longest, end);
        } catch (IOException | InterruptedException | RuntimeException e) {
          WITHIN_PROCESS.unlock();
          throw e;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted before " + shared + " was free");
      }
    }

    private static Guard amongProcesses(Path shared, Duration longest, long end)
        throws IOException, InterruptedException {
      FileChannel channel =
          FileChannel.open(
              shared.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        FileLock lock = channel.tryLock();
        while (lock == null) {
          if (System.nanoTime() > end) {
            throw held(shared, longest);
          }
          Thread.sleep(PAUSE);
          lock = channel.tryLock();
        }
        return new Guard(channel, lock);
      } catch (IOException | InterruptedException | RuntimeException e) {
        channel.close();
        throw e;
      }
    }

    private static IOException held(Path shared, Duration longest) {
      return new IOException(shared + " is held by others for longer than " + longest);
    }

    @Override
    public void close() throws IOException {
      try {
        channel.close();
      } finally {
        WITHIN_PROCESS.unlock();
      }
    }
  }
}
