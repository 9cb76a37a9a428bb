package org.regionalpacs.test.fastdfs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** The files of a storage, under the names that clients know. */
final class StorageFolder {
  private static final String PARTIAL = ".part";

  private final Path root;

  StorageFolder(Path root) throws IOException {
    this.root = Files.createDirectories(root);
  }

  Path path(FileName name) {
    return root.resolve(name.text());
  }

  /**
   * The file of a name.
   *
   * @throws Status 2 when there is none
   */
  Path existing(FileName name) throws Status {
    Path file = path(name);
    if (!Files.isRegularFile(file)) {
      throw new Status(Status.MISSING);
    }
    return file;
  }

  Path partial() {
    return root.resolve(UUID.randomUUID() + PARTIAL);
  }

  /** Names of all complete files. */
  List<String> names() throws IOException {
    return files().filter(name -> !name.endsWith(PARTIAL)).toList();
  }

  /** Files that a kill left half-received. */
  long partials() throws IOException {
    return files().filter(name -> name.endsWith(PARTIAL)).count();
  }

  private Stream<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(root::relativize)
          .map(Path::toString)
          .toList()
          .stream();
    }
  }

  /** Takes a copy of another storage's file, unless it is gone again. */
  void copyFrom(StorageFolder other, FileName name) throws IOException {
    Path target = path(name);
    Files.createDirectories(target.getParent());
    try {
      Path partial = partial();
      Files.copy(other.path(name), partial);
      Files.move(partial, target);
    } catch (NoSuchFileException e) {
      // Deleted since.
    }
  }

  void delete(FileName name) throws IOException {
    Files.deleteIfExists(path(name));
  }
}
