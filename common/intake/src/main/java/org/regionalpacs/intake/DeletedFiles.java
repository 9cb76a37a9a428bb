package org.regionalpacs.intake;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.regionalpacs.intake.DeletedFile.Fate;
import org.regionalpacs.nodes.DeleteFiles;
import org.regionalpacs.nodes.NodeTaskHandler;

/**
 * Removes the files of deleted objects from the online store of this node. One that fails stops no
 * other; then the task comes again.
 */
final class DeletedFiles implements NodeTaskHandler<DeleteFiles, DeletedFiles.Removed> {

  /**
   * What became of them.
   *
   * @param removed files that are gone
   * @param storedAgain those of them whose content was taken in as a new object
   * @param absent files that were gone before
   */
  record Removed(int removed, int storedAgain, int absent) {}

  private final OnlineStore store;
  private final Intake intake;

  DeletedFiles(OnlineStore store, Intake intake) {
    this.store = store;
    this.intake = intake;
  }

  @Override
  public String kind() {
    return DeleteFiles.KIND;
  }

  @Override
  public Class<DeleteFiles> arguments() {
    return DeleteFiles.class;
  }

  @Override
  public Removed run(DeleteFiles task) throws Exception {
    List<DeletedFile> files = new ArrayList<>();
    Map<Fate, Integer> fates = new EnumMap<>(Fate.class);
    Failures failures = new Failures();
    for (DeleteFiles.File file : task.files()) {
      failures.collect(() -> files.add(new DeletedFile(store, file)));
    }
    // All lose their names before any is looked at, so that one flush a folder does.
    Set<Path> left = new HashSet<>();
    for (DeletedFile file : files) {
      failures.collect(() -> file.setAside().ifPresent(left::add));
    }
    flush(left);
    for (DeletedFile file : files) {
      failures.collect(() -> fates.merge(file.settle(intake), 1, Integer::sum));
    }
    flush(Set.of(DeletedFile.folder(store)));
    for (Path folder : left) {
      failures.collect(() -> EmptyFolders.remove(store, folder));
    }
    failures.rethrow();
    int again = fates.getOrDefault(Fate.STORED_AGAIN, 0);
    return new Removed(
        fates.getOrDefault(Fate.REMOVED, 0) + again, again, fates.getOrDefault(Fate.ABSENT, 0));
  }

  private void flush(Set<Path> left) throws IOException {
    if (left.isEmpty()) {
      return;
    }
    Flush.folder(DeletedFile.folder(store));
    Flush.folder(store.root());
    for (Path folder : left) {
      try {
        Flush.folder(folder);
      } catch (NoSuchFileException e) {
        // Another removal found it empty.
      }
    }
  }

  /** The first failure of many attempts, none of which stops the others. */
  private static final class Failures {
    private Optional<Exception> first = Optional.empty();

    private interface Attempt {
      void run() throws IOException, IntakeException;
    }

    void collect(Attempt attempt) throws InterruptedException {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      try {
        attempt.run();
      } catch (IOException | IntakeException | IllegalArgumentException e) {
        first = Optional.of(first.orElse(e));
      }
    }

    void rethrow() throws Exception {
      if (first.isPresent()) {
        throw first.get();
      }
    }
  }
}
