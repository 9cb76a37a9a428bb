package org.regionalpacs.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Which children an operator, or a rebuild, wants to be down: a file each in the run folder, which
 * says whose it is. The launcher stops such a child, and starts it again when the file is gone.
 */
record Holds(DataFolder folder) {
  private static final String REBUILD = "rebuild";

  boolean held(String name) {
    return Files.exists(file(name));
  }

  void hold(String name) {
    hold(name, "");
  }

  /** Whom an operator has stopped stays the operator's. */
  void holdForRebuild(String name) {
    if (!held(name)) {
      hold(name, REBUILD);
    }
  }

  /** Whether a rebuild holds it: this one, or one that was broken off. */
  boolean heldForRebuild(String name) {
    try {
      return held(name) && Files.readString(file(name)).equals(REBUILD);
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void hold(String name, String whose) {
    try {
      Files.createDirectories(file(name).getParent());
      Files.writeString(file(name), whose);
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
