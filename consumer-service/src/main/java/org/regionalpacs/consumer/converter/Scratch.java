package org.regionalpacs.consumer.converter;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Files that a conversion needs until it ends. What a process that died has left is removed. */
@Component
class Scratch {
  private static final String FILES = "convert-*.tmp";

  /** The compressed frames, what is written of them, and perhaps a copy of the original. */
  private static final int COPIES = 3;

  private final Path folder;
  private final long reserve;

  Scratch(ConverterProperties properties) throws IOException {
    this.folder = Files.createDirectories(properties.scratch());
    this.reserve = properties.reserve().toBytes();
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, FILES)) {
      for (Path file : left) {
        Files.delete(file);
      }
    }
  }

  /** Where it is. */
  Path folder() {
    return folder;
  }

  /** A new file, to be deleted by who asks for it. */
  Path file() throws IOException {
    // Not as a temporary file, which nobody else may read: an archive may link it.
    return Files.createFile(folder.resolve("convert-" + UUID.randomUUID() + ".tmp"));
  }

  /**
   * Looks for room before anything is begun.
   *
   * @param size bytes of the original
   * @throws IOException when there isn't enough now
   */
  void requireRoom(long size) throws IOException {
    long free = Files.getFileStore(folder).getUsableSpace();
    if (free - reserve < COPIES * size) {
      throw new IOException(
          "no room to convert %d bytes: %d are free in pacs.converter.scratch, of which %d stay so"
              .formatted(size, free, reserve));
    }
  }
}
