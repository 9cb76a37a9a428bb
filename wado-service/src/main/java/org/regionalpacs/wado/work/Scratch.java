package org.regionalpacs.wado.work;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import org.regionalpacs.codec.transcode.SpoolRoom;
import org.regionalpacs.wado.web.UnavailableException;

/**
 * A folder for what is too large for the heap, with a bound for all of it together. Its files have
 * no names, so that nothing is left behind by a process that is killed. Thread-safe.
 */
public final class Scratch implements SpoolRoom {
  private final Path folder;
  private final long limit;
  private final AtomicLong used = new AtomicLong();

  /**
   * @param limit most bytes in all its files
   * @throws IOException when there is no such folder and it can't be made
   */
  public Scratch(Path folder, long limit) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.limit = limit;
  }

  /** Where it is. */
  public Path folder() {
    return folder;
  }

  /** Bytes in its files. */
  public long used() {
    return used.get();
  }

  /**
   * Takes bytes that become a {@link Made}.
   *
   * @param inHeap how many stay in the heap before a file is opened
   */
  public ScratchOutput output(int inHeap) {
    return new ScratchOutput(this, inHeap);
  }

  FileChannel open() throws IOException {
    Path file = Files.createTempFile(folder, "made", ".tmp");
    try {
      return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } finally {
      Files.delete(file);
    }
  }

  /** Half of it: what is made of it takes as much. */
  @Override
  public long most() {
    return limit / 2;
  }

  /**
   * Takes room for bytes, whoever writes them.
   *
   * @throws UnavailableException when there is none for so many more
   */
  @Override
  public void take(long bytes) {
    if (used.addAndGet(bytes) > limit) {
      used.addAndGet(-bytes);
      throw new UnavailableException(
          "There is no room on the disk for what is made just now; ask again later.");
    }
  }

  @Override
  public void give(long bytes) {
    used.addAndGet(-bytes);
  }
}
