package org.regionalpacs.intake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.regionalpacs.nodes.DeleteFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of a deleted object, on its way out. Meanwhile the same object may be stored again: the
 * {@link Shelf} recognises the file, marks it by its time and answers success, so that the file is
 * then all that is left of an accepted object.
 *
 * <p>First the file loses its name, for another in a folder that no reception looks into. From then
 * on the same object is stored as a new file. Whoever marked it before that is seen now: its time
 * is later than its reception and not before the deletion. Such a content is taken in once more, as
 * a new object of that time, for other content or another deletion may have come since then; only
 * then the file goes. Every step finds out what the ones before have done, so a crash between any
 * two is made good by doing all of it again.
 */
final class DeletedFile {
  private static final Logger LOG = LoggerFactory.getLogger(DeletedFile.class);
  static final String FOLDER = ".deleted";

  private final OnlineStore store;
  private final DeleteFiles.File file;
  private final Path place;
  private final Path folder;
  private final Path aside;

  /**
   * @throws IllegalArgumentException when the path leads out of the store
   */
  DeletedFile(OnlineStore store, DeleteFiles.File file) {
    this.store = store;
    this.file = file;
    this.place = store.resolve(file.path());
    this.folder = folder(store);
    this.aside = folder.resolve(file.receptionId() + Shelf.SUFFIX);
  }

  /** Where files are that have lost their names. */
  static Path folder(OnlineStore store) {
    return store.root().resolve(FOLDER);
  }

  /** What became of it. */
  enum Fate {
    /** It is gone. */
    REMOVED,
    /** It was stored again: it is gone, and its content is a new object. */
    STORED_AGAIN,
    /** It was gone before, or another object has its place. */
    ABSENT
  }

  /** Removes a file that is set aside, if need be after its content was taken in again. */
  Fate settle(Intake intake) throws IOException, IntakeException {
    if (!Files.exists(aside)) {
      return Fate.ABSENT;
    }
    try {
      boolean again = takeInIfStoredAgain(intake);
      Files.deleteIfExists(aside);
      return again ? Fate.STORED_AGAIN : Fate.REMOVED;
    } catch (IOException e) {
      // Another process that has the task too was faster.
      if (Files.notExists(aside)) {
        return Fate.ABSENT;
      }
      throw e;
    }
  }

  /**
   * Takes the file's name away. One process of the node at a time: between looking at a name and
   * taking it away, nobody else may have done so and made room for another object.
   *
   * @return the folder that it was in; empty when the file isn't there
   */
  Optional<Path> setAside() throws IOException {
    Files.createDirectories(folder);
    try (OwnedFolder.Guard _ = OwnedFolder.Guard.of(folder)) {
      if (held(place).filter(this::isTheDeleted).isEmpty()) {
        return Optional.empty();
      }
      Files.move(place, aside, StandardCopyOption.ATOMIC_MOVE);
      return Optional.of(place.getParent());
    }
  }

  /** Empty when it isn't there, or can't be read. */
  private Optional<StoredFile> held(Path path) throws IOException {
    try {
      return StoredFile.read(path, tenant());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private String tenant() {
    return store.root().relativize(place).getName(0).toString();
  }

  private boolean isTheDeleted(StoredFile held) {
    return held.header().seal().receptionId().equals(file.receptionId());
  }

  /** Whether it was. Its content is a new object then. */
  boolean takeInIfStoredAgain(Intake intake) throws IOException, IntakeException {
    StoredFile held =
        held(aside).orElseThrow(() -> new IOException(aside + " can't be read at present"));
    Instant time = Files.getLastModifiedTime(aside).toInstant().truncatedTo(ChronoUnit.MILLIS);
    if (time.equals(held.header().seal().received()) || time.isBefore(file.cutoff())) {
      return false;
    }
    takeIn(held, intake, Occasion.past(time));
    return true;
  }

  private void takeIn(StoredFile held, Intake intake, Occasion again)
      throws IOException, IntakeException {
    FileHeader header = held.header();
    Reception reception =
        new Reception(
            header.seal().tenant(),
            header.transferSyntax(),
            Optional.of(header.sopClass()),
            Optional.of(header.sopInstance()),
            header.callingAe(),
            header.calledAe(),
            header.seal().source(),
            "");
    try (InputStream dataSet = Files.newInputStream(aside)) {
      dataSet.skipNBytes(held.dataSetOffset());
      Received received = intake.receive(reception, dataSet, again);
      LOG.info(
          "{}: {} was stored again after its deletion, and is {} now instead of {}",
          header.seal().tenant(),
          received.message().filePath(),
          received.message().receptionId(),
          file.receptionId());
    }
  }
}
