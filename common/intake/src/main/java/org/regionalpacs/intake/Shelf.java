package org.regionalpacs.intake;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives complete files their names in the online store. A name is given by linking, which never
 * replaces a file, whichever thread or process asks for the same name at the same time.
 */
final class Shelf {
  static final String SUFFIX = ".dcm";

  private static final Logger LOG = LoggerFactory.getLogger(Shelf.class);

  /** Folders that vanish while a file is put into them: so often it is tried again. */
  private static final int ATTEMPTS = 16;

  /**
   * One thread at a time looks through the versions of an object. Shared by all intakes of this
   * process; between processes the worst outcome is the same version twice.
   */
  private static final ReentrantLock[] VERSIONS =
      IntStream.range(0, 64).mapToObj(_ -> new ReentrantLock()).toArray(ReentrantLock[]::new);

  private final OnlineStore store;
  private final Folders folders;

  Shelf(OnlineStore store, Folders folders) {
    this.store = store;
    this.folders = folders;
  }

  /** How a file found its place. */
  enum Outcome {
    /** The first of its SOP Instance UID. */
    FIRST,
    /** Its SOP Instance UID was here with other content. */
    VERSION,
    /** The very same object was here. */
    DUPLICATE
  }

  /**
   * Where an object is.
   *
   * @param file the file that holds it: the new one, or the one that was here before
   */
  record Place(StoredFile file, Outcome outcome) {}

  /**
   * Links a complete file to its name, unless the same object is here already. When this returns,
   * the name is durable.
   */
  Place put(PartFile part, FileHeader header, Identity identity, Occasion occasion)
      throws IOException {
    Path folder = folder(store.root(), header, identity);
    for (int attempt = 1; ; attempt++) {
      try {
        folders.require(folder);
        Place place = put(part, header, folder, occasion);
        folders.flush(folder);
        return place;
      } catch (NoSuchFileException e) {
        folders.forget(folder);
        if (attempt == ATTEMPTS || !Files.exists(part.path())) {
          throw e;
        }
      }
    }
  }

  /** The names an object may have. */
  static List<Path> names(Path root, FileHeader header, Identity identity) {
    Path folder = folder(root, header, identity);
    return List.of(first(folder, header), version(folder, header));
  }

  private static Path folder(Path root, FileHeader header, Identity identity) {
    return root.resolve(header.seal().tenant())
        .resolve(identity.study())
        .resolve(identity.series());
  }

  private static Path first(Path folder, FileHeader header) {
    return folder.resolve(header.sopInstance() + SUFFIX);
  }

  private static Path version(Path folder, FileHeader header) {
    return folder.resolve(header.sopInstance() + "." + header.seal().receptionId() + SUFFIX);
  }

  private Place put(PartFile part, FileHeader header, Path folder, Occasion occasion)
      throws IOException {
    Path first = first(folder, header);
    if (link(first, part)) {
      return new Place(stored(first, header), Outcome.FIRST);
    }
    ReentrantLock lock = VERSIONS[Math.floorMod(first.hashCode(), VERSIONS.length)];
    lock.lock();
    try {
      Optional<StoredFile> same = find(first, header);
      if (same.isPresent()) {
        return new Place(storedAgain(same.get(), header, occasion), Outcome.DUPLICATE);
      }
      Path version = version(folder, header);
      Files.createLink(version, part.path());
      return new Place(stored(version, header), Outcome.VERSION);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Marks a file as stored again: its deletion may be on the way, see {@link DeletedFiles}. When
   * the file still has its name after that, whoever takes the name away will see the mark.
   *
   * @throws NoSuchFileException when it has lost its name, and the object is to be put as new
   */
  private StoredFile storedAgain(StoredFile same, FileHeader header, Occasion occasion)
      throws IOException {
    FileTime time = FileTime.from(occasion.past().orElseGet(Instant::now));
    if (time.compareTo(Files.getLastModifiedTime(same.path())) > 0) {
      Files.setLastModifiedTime(same.path(), time);
    }
    folders.flushFile(same.path());
    return readIfSame(same.path(), header)
        .orElseThrow(() -> new NoSuchFileException(same.path().toString()));
  }

  private static boolean link(Path name, PartFile part) throws IOException {
    try {
      Files.createLink(name, part.path());
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private static StoredFile stored(Path path, FileHeader header) {
    return new StoredFile(path, header, FileHeader.SIZE);
  }

  /**
   * The file that holds the same, with all its bytes as they were received: who sends an object
   * again may do so because the file here was damaged.
   */
  private static Optional<StoredFile> find(Path first, FileHeader header) throws IOException {
    Optional<StoredFile> same = readIfWhole(first, header);
    if (same.isPresent()) {
      return same;
    }
    String prefix = header.sopInstance() + ".";
    try (DirectoryStream<Path> versions =
        Files.newDirectoryStream(
            first.getParent(), path -> path.getFileName().toString().startsWith(prefix))) {
      for (Path version : versions) {
        same = version.equals(first) ? Optional.empty() : readIfWhole(version, header);
        if (same.isPresent()) {
          return same;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<StoredFile> readIfWhole(Path path, FileHeader header) throws IOException {
    Optional<StoredFile> same = readIfSame(path, header);
    if (same.isPresent() && !same.get().isWhole()) {
      LOG.error("{} is damaged: the object came again and is kept beside it", path);
      return Optional.empty();
    }
    return same;
  }

  private static Optional<StoredFile> readIfSame(Path path, FileHeader header) throws IOException {
    return StoredFile.read(path, header.seal().tenant()).filter(file -> file.holdsSameAs(header));
  }
}
