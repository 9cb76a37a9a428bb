package org.regionalpacs.intake.evict;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.regionalpacs.index.Evictions;
import org.regionalpacs.index.NodeObject;
import org.regionalpacs.index.NodeObjects;
import org.regionalpacs.index.StudyIdentity;
import org.regionalpacs.intake.EvictableFiles;
import org.regionalpacs.intake.EvictableFiles.Held;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evicts the files of a study, one after the other: each is looked at, its archived copy is read
 * back whole and compared. Some at a time then lose their names, are marked in the index, and go.
 * After a crash in between {@link AsideFiles} gives back or removes what was set aside.
 */
final class StudyEviction {
  private static final Logger LOG = LoggerFactory.getLogger(StudyEviction.class);

  /** So much is evicted in one turn, for which others have to wait. */
  private static final int FILES = 64;

  private static final long BYTES = 256 * 1024 * 1024;
  private static final int UNREACHABLE_IN_A_ROW = 3;

  private final EvictableFiles files;
  private final NodeObjects objects;
  private final Evictions evictions;
  private final ArchivedCopies copies;
  private final CopyRepair repair;
  private final Tally tally;
  private int unreachable;

  StudyEviction(
      EvictableFiles files,
      NodeObjects objects,
      Evictions evictions,
      ArchivedCopies copies,
      CopyRepair repair,
      Tally tally) {
    this.files = files;
    this.objects = objects;
    this.evictions = evictions;
    this.copies = copies;
    this.repair = repair;
    this.tally = tally;
  }

  /**
   * A file that may go.
   *
   * @param owner the object whose reception wrote it
   * @param objects all that the index has in it: the owner, and repeats of it
   */
  private record Verified(NodeObject owner, List<NodeObject> objects) {}

  /** Evicts what may go. */
  void evict(StudyIdentity study) throws IOException, InterruptedException {
    if (evictions.isPinned(study)) {
      tally.refused(Refusal.PINNED);
      return;
    }
    unreachable = 0;
    for (String series : objects.series(study)) {
      List<Verified> verified = new ArrayList<>();
      long bytes = 0;
      for (List<NodeObject> file : byPath(objects.ofSeries(study, series, files.store().node()))) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        Optional<Verified> one = verify(file);
        one.ifPresent(verified::add);
        bytes += one.map(each -> each.owner().length()).orElse(0L);
        if (verified.size() == FILES || bytes >= BYTES) {
          settle(study, verified);
          verified.clear();
          bytes = 0;
        }
      }
      settle(study, verified);
    }
  }

  private static Collection<List<NodeObject>> byPath(List<NodeObject> all) {
    return all.stream()
        .filter(object -> object.state().equals(NodeObject.AVAILABLE))
        .collect(Collectors.groupingBy(NodeObject::path, LinkedHashMap::new, Collectors.toList()))
        .values();
  }

  private Optional<Verified> verify(List<NodeObject> file) throws IOException {
    Optional<Held> held = files.look(file.getFirst().path());
    Optional<NodeObject> owner = held.flatMap(each -> owner(file, each));
    if (owner.isEmpty()) {
      return refused(Refusal.FILE_CHANGED);
    }
    if (held.get().links() > 1) {
      return refused(Refusal.SHARED);
    }
    for (NodeObject object : file) {
      Optional<Refusal> refusal = refusal(object);
      if (refusal.isPresent()) {
        return refused(refusal.get());
      }
    }
    return Optional.of(new Verified(owner.get(), file));
  }

  private static Optional<NodeObject> owner(List<NodeObject> file, Held held) {
    return file.stream()
        .filter(object -> object.reception().receptionId().equals(held.receptionId()))
        .filter(object -> object.length() == held.size())
        .findFirst();
  }

  private Optional<Refusal> refusal(NodeObject object) throws IOException {
    try {
      ArchivedCopies.Outcome<Boolean> outcome = copies.verify(object);
      unreachable = 0;
      if (outcome.refusal().isPresent()) {
        repair.archiveAgain(object, outcome.bad());
      }
      return outcome.refusal();
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      unreachable++;
      LogLine.of(LOG.atWarn(), object)
          .log(
              "{}: can't read the copy of {} back: {}",
              object.reception().tenant(),
              object.reception().sop(),
              e.toString());
      if (unreachable == UNREACHABLE_IN_A_ROW) {
        throw new ArchiveAwayException(e);
      }
      return Optional.of(Refusal.UNREACHABLE);
    }
  }

  private Optional<Verified> refused(Refusal reason) {
    tally.refused(reason);
    return Optional.empty();
  }

  /** Sets aside, marks, removes. What can't be marked gets its name back. */
  private void settle(StudyIdentity study, List<Verified> verified) throws IOException {
    if (verified.isEmpty()) {
      return;
    }
    try (EvictableFiles.Turn turn = files.turn()) {
      Map<String, Verified> taken = new LinkedHashMap<>();
      for (Verified each : verified) {
        if (turn.setAside(each.owner().path(), id(each.owner()))) {
          taken.put(each.owner().path(), each);
        } else {
          tally.refused(Refusal.CHANGED_MEANWHILE);
        }
      }
      List<NodeObject> marked =
          taken.values().stream().flatMap(each -> each.objects().stream()).toList();
      Set<String> evicted = evictions.evict(study, marked);
      for (Verified each : taken.values()) {
        if (evicted.contains(each.owner().path())) {
          turn.remove(id(each.owner()), each.owner().path());
          tally.moved(1, each.owner().length());
        } else {
          tally.refused(Refusal.CHANGED_MEANWHILE);
          AsideFiles.putBack(turn, evictions, each.owner());
        }
      }
    }
  }

  private static UUID id(NodeObject object) {
    return object.reception().receptionId();
  }
}
