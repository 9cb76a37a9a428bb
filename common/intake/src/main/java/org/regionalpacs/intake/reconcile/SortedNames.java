package org.regionalpacs.intake.reconcile;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/**
 * The folders in a folder by name, in the order of code points, however many there are: a stretch
 * at a time is in memory, and for each the folder is listed once.
 */
final class SortedNames {
  private static final int STRETCH = 10_000;

  private final Path folder;
  private final int most;

  /** All names above {@code from}, and, unless complete, not above the last of them. */
  private List<String> stretch = List.of();

  private boolean complete;
  private boolean listed;

  SortedNames(Path folder) {
    this(folder, STRETCH);
  }

  /**
   * @param most names kept in memory
   */
  SortedNames(Path folder, int most) {
    this.folder = folder;
    this.most = most;
  }

  /**
   * The next names above a given one, in order; those with a leading dot aren't listed. Asked with
   * names that grow.
   */
  List<String> after(String name, int limit) throws IOException {
    List<String> next = known(name, limit);
    if (next.size() < limit && !(listed && complete)) {
      list(name);
      next = known(name, limit);
    }
    return next;
  }

  private List<String> known(String name, int limit) {
    return stretch.stream().filter(each -> each.compareTo(name) > 0).limit(limit).toList();
  }

  private void list(String after) throws IOException {
    TreeSet<String> smallest = new TreeSet<>();
    boolean all = true;
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (!name.startsWith(".")
            && name.compareTo(after) > 0
            && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
          smallest.add(name);
          if (smallest.size() > most) {
            smallest.removeLast();
            all = false;
          }
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      smallest.clear();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    stretch = List.copyOf(smallest);
    complete = all;
    listed = true;
  }
}
