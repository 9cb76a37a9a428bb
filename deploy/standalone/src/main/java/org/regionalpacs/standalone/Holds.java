package org.regionalpacs.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which children an operator wants to be down: a file each in the run folder. The launcher stops
 * such a child, and starts it again when the file is gone.
 */
record Holds(DataFolder folder) {
  boolean held(String name) {
    return Files.exists(file(name));
  }

  void hold(String name) {
    try {
      Files.createDirectories(file(name).getParent());
      Files.writeString(file(name), "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void release(String name) {
    try {
      Files.deleteIfExists(file(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A new run begins with everything up. */
  void releaseAll() {
    Path holds = file("any").getParent();
    if (!Files.isDirectory(holds)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(holds)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(String name) {
    return folder.run().resolve("hold").resolve(name);
  }
}
