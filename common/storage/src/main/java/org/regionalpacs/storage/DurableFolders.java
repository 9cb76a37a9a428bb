package org.regionalpacs.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes folders that outlast a crash: a folder counts as made when its parent was flushed. Folders
 * known to be so are remembered, because parallel writers of one study ask for the same ones.
 */
final class DurableFolders {
  private static final int REMEMBERED = 10_000;

  private final Path root;
  private final Set<Path> durable = ConcurrentHashMap.newKeySet();

  /**
   * @param root a folder that exists
   */
  DurableFolders(Path root) {
    this.root = root;
  }

  /** Makes the folder and those above it, up to the root. */
  void make(Path folder) throws IOException {
    if (folder.equals(root) || durable.contains(folder)) {
      return;
    }
    make(folder.getParent());
    try {
      Files.createDirectory(folder);
    } catch (FileAlreadyExistsException e) {
      // Perhaps another writer's, who has not flushed it yet.
    }
    flush(folder.getParent());
    if (durable.size() >= REMEMBERED) {
      durable.clear();
    }
    durable.add(folder);
  }

  /** Removes the folder and those above it as far as they are empty. */
  void prune(Path folder) {
    Path next = folder;
    while (!next.equals(root)) {
      durable.remove(next);
      try {
        Files.delete(next);
      } catch (IOException e) {
        return;
      }
      next = next.getParent();
    }
  }

  /** Forgets what it knows of the folder: somebody else may have removed it. */
  void forget(Path folder) {
    for (Path next = folder; !next.equals(root); next = next.getParent()) {
      durable.remove(next);
    }
  }

  /** Flushes the names in a folder to disk. */
  static void flush(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
