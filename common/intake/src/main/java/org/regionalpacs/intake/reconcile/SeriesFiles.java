package org.regionalpacs.intake.reconcile;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.regionalpacs.intake.OnlineObjects;

/**
 * The files of a series' folder by their path relative to ROOT, as they were when it was listed.
 */
record SeriesFiles(Map<String, OnlineFile> byPath) {

  /**
   * A file.
   *
   * @param size bytes
   * @param modified when it was last written
   */
  record OnlineFile(String path, long size, Instant modified) {}

  /** Lists a folder; one that isn't there has no files. */
  static SeriesFiles list(Path root, SeriesFolder series) throws IOException {
    Map<String, OnlineFile> files = new HashMap<>();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(root.resolve(series.path()), "*" + OnlineObjects.SUFFIX)) {
      for (Path entry : entries) {
        String path = series.path() + "/" + entry.getFileName();
        look(root, path).ifPresent(file -> files.put(path, file));
      }
    } catch (NoSuchFileException e) {
      return new SeriesFiles(Map.of());
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return new SeriesFiles(files);
  }

  /** One file as it is now; empty when there is none. */
  static Optional<OnlineFile> look(Path root, String path) throws IOException {
    try {
      BasicFileAttributes now = Files.readAttributes(root.resolve(path), BasicFileAttributes.class);
      return now.isRegularFile()
          ? Optional.of(new OnlineFile(path, now.size(), now.lastModifiedTime().toInstant()))
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
