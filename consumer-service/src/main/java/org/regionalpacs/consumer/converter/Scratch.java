package org.regionalpacs.consumer.converter;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.regionalpacs.codec.transcode.SpoolRoom;
import org.springframework.stereotype.Component;

/** Files that a conversion needs until it ends. What a process that died has left is removed. */
@Component
class Scratch implements SpoolRoom {
  private static final String FILES = "convert-*.tmp";

  /** The compressed frames, what is written of them, and perhaps a copy of the original. */
  private static final int COPIES = 3;

  /** So much is written before the disk is looked at again. */
  private static final long LOOK = 16 << 20;

  private final Path folder;
  private final long reserve;
  private final long most;
  private final AtomicLong unseen = new AtomicLong();

  Scratch(ConverterProperties properties) throws IOException {
    this.folder = properties.scratch();
    this.reserve = properties.reserve().toBytes();
    this.most = properties.largest().toBytes();
    if (Files.isDirectory(folder)) {
      empty();
    }
  }

  private void empty() throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, FILES)) {
      for (Path file : left) {
        Files.delete(file);
      }
    }
  }

  /** Where it is; it is there when there was {@linkplain #requireRoom room}. */
  Path folder() {
    return folder;
  }

  /** A new file, to be deleted by who asks for it. */
  Path file() throws IOException {
    // Not as a temporary file, which nobody else may read: an archive may link it.
    return Files.createFile(folder.resolve("convert-" + UUID.randomUUID() + ".tmp"));
  }

  /**
   * Looks for room, before anything is begun.
   *
   * @param size bytes of the original
   * @throws IOException when there isn't enough now
   */
  void requireRoom(long size) throws IOException {
    Files.createDirectories(folder);
    long free = Files.getFileStore(folder).getUsableSpace();
    if (free - reserve < COPIES * size) {
      throw new IOException(
          "no room to convert %d bytes: %d are free in pacs.converter.scratch, of which %d stay so"
              .formatted(size, free, reserve));
    }
  }

  /** Of a file, and of what waits while one is written: what is small may become large. */
  @Override
  public long most() {
    return most;
  }

  /**
   * Looks whether the disk still has its reserve.
   *
   * @throws IOException when it hasn't now
   */
  @Override
  public void take(long bytes) throws IOException {
    if (unseen.addAndGet(bytes) < LOOK) {
      return;
    }
    unseen.set(0);
    requireRoom(0);
  }

  /** The disk knows. */
  @Override
  public void give(long bytes) {}
}
