package org.regionalpacs.intake;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Removes the folders that a file leaves behind. */
final class EmptyFolders {
  private EmptyFolders() {}

  /** Series and study, if nothing is left in them. Receptions that need them make them again. */
  static void remove(OnlineStore store, Path folder) throws IOException {
    Path next = folder;
    while (next.startsWith(store.root()) && !next.getParent().equals(store.root())) {
      try {
        Files.delete(next);
      } catch (DirectoryNotEmptyException | NoSuchFileException e) {
        return;
      }
      next = next.getParent();
    }
  }
}
