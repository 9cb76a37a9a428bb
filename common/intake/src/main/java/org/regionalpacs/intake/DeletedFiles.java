package org.regionalpacs.intake;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
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
    Map<Fate, Integer> fates = new EnumMap<>(Fate.class);
    Optional<Exception> failure = Optional.empty();
    for (DeleteFiles.File file : task.files()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      try {
        fates.merge(new DeletedFile(store, file).settle(intake), 1, Integer::sum);
      } catch (IOException | IntakeException | IllegalArgumentException e) {
        failure = Optional.of(failure.orElse(e));
      }
    }
    if (failure.isPresent()) {
      throw failure.get();
    }
    int again = fates.getOrDefault(Fate.STORED_AGAIN, 0);
    return new Removed(
        fates.getOrDefault(Fate.REMOVED, 0) + again, again, fates.getOrDefault(Fate.ABSENT, 0));
  }
}
