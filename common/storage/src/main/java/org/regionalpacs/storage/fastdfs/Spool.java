package org.regionalpacs.storage.fastdfs;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.regionalpacs.storage.BlobStoreFullException;
import org.regionalpacs.storage.FullDisk;

/**
 * Keeps streamed content until it is uploaded: the protocol wants the length first, a failed upload
 * has to begin again, and what the sender does then never becomes a failure of the cluster. Small
 * content stays in the heap.
 */
final class Spool {
  private static final int SMALL = 256 * 1024;
  private static final int BUFFER = 64 * 1024;
  private static final Duration ABANDONED = Duration.ofDays(1);

  private final String store;
  private final Path folder;
  private final long limit;
  private final AtomicLong used = new AtomicLong();

  private Spool(String store, Path folder, long limit) {
    this.store = store;
    this.folder = folder;
    this.limit = limit;
  }

  /** Makes the folder when absent, and removes what a crash left there a day ago. */
  static Spool open(String store, Path folder, long limit) {
    try {
      Files.createDirectories(folder);
      Instant before = Instant.now().minus(ABANDONED);
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.spool")) {
        for (Path file : files) {
          if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
            Files.deleteIfExists(file);
          }
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(
          "pacs.fastdfs.spool: folder '" + folder + "' can't be used: " + e.getMessage(), e);
    }
    return new Spool(store, folder, limit);
  }

  /** What is done with spooled content. */
  interface Use<T> {
    T with(Source source) throws IOException;
  }

  /**
   * Reads content to its end, and keeps it while it is used.
   *
   * @param length bytes in it, or -1 when unknown
   * @throws EOFException when it has another length
   * @throws BlobStoreFullException when too much is spooled already
   */
  <T> T with(InputStream content, long length, Use<T> use) throws IOException {
    byte[] start = content.readNBytes(SMALL);
    if (start.length < SMALL) {
      requireLength(start.length, length);
      return use.with(new Source.Memory(start, start.length));
    }
    Path file = folder.resolve(UUID.randomUUID() + ".spool");
    long reserved = 0;
    try (OutputStream out = FullDisk.typed(store, () -> Files.newOutputStream(file))) {
      byte[] buffer = new byte[BUFFER];
      reserved = reserve(reserved, start.length);
      write(out, start, start.length);
      for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
        reserved = reserve(reserved, count);
        write(out, buffer, count);
      }
      requireLength(reserved, length);
      return use.with(new Source.OnDisk(file, reserved, new byte[0]));
    } finally {
      used.addAndGet(-reserved);
      Files.deleteIfExists(file);
    }
  }

  private void write(OutputStream out, byte[] bytes, int count) throws IOException {
    FullDisk.typed(
        store,
        () -> {
          out.write(bytes, 0, count);
          return out;
        });
  }

  private long reserve(long reserved, int more) throws BlobStoreFullException {
    if (used.addAndGet(more) > limit) {
      used.addAndGet(-more);
      throw new BlobStoreFullException(store, "its spool holds " + used.get() + " bytes");
    }
    return reserved + more;
  }

  private static void requireLength(long length, long wanted) throws EOFException {
    if (wanted >= 0 && length != wanted) {
      throw new EOFException("content has " + length + " bytes, not " + wanted);
    }
  }
}
