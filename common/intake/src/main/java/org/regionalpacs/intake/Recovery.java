package org.regionalpacs.intake;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles what dead processes were receiving. A temporary file with a second name had its place
 * already, and only its message may be missing: it is announced (again). All others are deleted;
 * nobody was told that they were accepted.
 */
final class Recovery {
  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  private final OnlineStore store;
  private final Announcer announcer;
  private final List<Path> placed = new ArrayList<>();
  private int deletedFiles;

  Recovery(OnlineStore store, Announcer announcer) {
    this.store = store;
    this.announcer = announcer;
  }

  /**
   * Deletes the unfinished files of dead processes and takes over the finished ones.
   *
   * @return how many
   */
  int takeOver(OwnedFolder own) throws IOException {
    own.bury(dead -> takeOver(dead, own.path()));
    return deletedFiles + placed.size();
  }

  private void takeOver(Path dead, Path own) throws IOException {
    int deleted = 0;
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(dead, "*" + PartFile.SUFFIX)) {
      for (Path part : parts) {
        if ((int) Files.getAttribute(part, "unix:nlink") > 1) {
          Path target = own.resolve(part.getFileName());
          placed.add(Files.move(part, target, StandardCopyOption.ATOMIC_MOVE));
        } else {
          Files.delete(part);
          deleted++;
        }
      }
    }
    deletedFiles += deleted;
    if (deleted > 0) {
      LOG.info("{} unfinished receptions of a dead process deleted", deleted);
    }
  }

  /** Announces the finished ones. What can't be announced is left to the next start. */
  void announce() {
    for (Path part : placed) {
      try {
        Optional<PlacedObject> object = find(part);
        if (object.isPresent()) {
          announcer.announce(object.get().message(store));
          LOG.info("Announced {} after a crash", object.get().file().header().seal().receptionId());
        }
        Files.deleteIfExists(part);
      } catch (IOException | IntakeException | RuntimeException e) {
        LOG.warn("{} could not be settled: {}", part, e.toString());
      }
    }
    placed.clear();
  }

  /** The object behind a temporary name; empty when its other name is not the one it should be. */
  private Optional<PlacedObject> find(Path part) throws IOException {
    Optional<StoredFile> file = StoredFile.read(part, "");
    if (file.isEmpty()) {
      return Optional.empty();
    }
    FileHeader header = file.get().header();
    Optional<Identity> identity = HeaderReader.study(part, header.transferSyntax());
    if (identity.filter(Identity::isComplete).isEmpty()) {
      return Optional.empty();
    }
    for (Path name : Shelf.names(store.root(), header, identity.get())) {
      if (isSame(part, name)) {
        StoredFile stored = new StoredFile(name, header, file.get().dataSetOffset());
        return Optional.of(new PlacedObject(stored, identity.get()));
      }
    }
    return Optional.empty();
  }

  private static boolean isSame(Path part, Path name) throws IOException {
    try {
      return Files.isSameFile(part, name);
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}
