package org.regionalpacs.intake;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.regionalpacs.index.NodeObject;
import org.regionalpacs.messages.ReceptionId;
import org.regionalpacs.nodes.DeleteFiles;

/**
 * The files of the online store for those who evict them and bring them back. A file that goes is
 * first set aside under the very name that {@link DeletedFile} gives it, and only in a {@link
 * Turn}: a deletion that comes meanwhile finds it there, with the mark of whoever stored it again.
 */
public final class EvictableFiles {
  private static final Pattern ASIDE =
      Pattern.compile(
          "([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})" + Pattern.quote(Shelf.SUFFIX));

  /** Folders that vanish while a file is put into them: so often it is tried again. */
  private static final int ATTEMPTS = 16;

  private final OnlineStore store;
  private final Intake intake;
  private final Path temporary;
  private final FreeSpace space;
  private final Folders folders;
  private final Path aside;

  EvictableFiles(
      OnlineStore store, Intake intake, Path temporary, FreeSpace space, Folders folders) {
    this.store = store;
    this.intake = intake;
    this.temporary = temporary;
    this.space = space;
    this.folders = folders;
    this.aside = DeletedFile.folder(store);
  }

  /** Where the files are. */
  public OnlineStore store() {
    return store;
  }

  /** Bytes that may still be written to the volume. */
  public long free() {
    return space.bytes();
  }

  /** Bytes of the volume. */
  public long total() {
    return store.root().toFile().getTotalSpace();
  }

  /**
   * A file as it is now.
   *
   * @param receptionId the reception that it says it is of
   * @param size bytes
   * @param links names that it has: with more than one, its bytes stay when one goes
   */
  public record Held(UUID receptionId, long size, int links) {}

  /**
   * Looks at a file.
   *
   * @param path relative to ROOT
   * @return empty when it isn't there or can't be read
   */
  public Optional<Held> look(String path) throws IOException {
    Path file = store.resolve(path);
    try {
      Optional<StoredFile> stored =
          StoredFile.read(file, store.root().relativize(file).getName(0).toString());
      if (stored.isEmpty()) {
        return Optional.empty();
      }
      UUID receptionId = stored.get().header().seal().receptionId();
      return Optional.of(
          new Held(receptionId, Files.size(file), (int) Files.getAttribute(file, "unix:nlink")));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Whether the file at a path is of this object's reception, and its content is the object. */
  public boolean holds(NodeObject object, String path) throws IOException {
    Optional<Held> held = look(path);
    if (held.isEmpty()
        || held.get().size() != object.length()
        || !held.get().receptionId().equals(object.reception().receptionId())) {
      return false;
    }
    try {
      byte[] digest = StoredFile.digest(store.resolve(path), object.dataSetOffset(), _ -> {});
      return HexFormat.of().formatHex(digest).equals(object.digest());
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** The paths that a file of this object may have, besides others of its SOP Instance UID. */
  public List<String> names(NodeObject object) {
    return names(object.path(), object.reception().sop(), object.reception().receptionId());
  }

  private List<String> names(String path, String sop, UUID receptionId) {
    Path version = store.resolve(path).resolveSibling(sop + "." + receptionId + Shelf.SUFFIX);
    return List.of(path, store.relative(version));
  }

  /**
   * Writes the file of an object that comes back, flushes it, and gives it one of its {@link
   * #names}. Nothing is ever replaced.
   *
   * @param content its bytes, all of the file
   * @return its path
   * @throws NotTheObjectException when the bytes are not the object; nothing has a name then
   * @throws LowSpaceException when the volume would fall below its mark
   * @throws FileAlreadyExistsException when others have both names
   */
  public String bringBack(NodeObject object, InputStream content, OnlineObjects.Pace pace)
      throws IOException {
    try (FreeSpace.Claim claim = space.claim(object.length());
        ReturningFile file = ReturningFile.create(temporary, object)) {
      file.write(content, claim, pace);
      return store.relative(name(file.path(), names(object)));
    }
  }

  /**
   * Removes a file that came back for an object that was deleted meanwhile. If the same object was
   * stored again since then, and was recognised by this file, it is taken in as a new one.
   */
  public void discard(NodeObject object, String path) throws IOException {
    UUID receptionId = object.reception().receptionId();
    DeleteFiles.File file =
        new DeleteFiles.File(
            path, receptionId, Instant.ofEpochMilli(ReceptionId.timeMillis(receptionId)));
    try {
      new DeletedFiles(store, intake).run(new DeleteFiles(List.of(file)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  /** Links a file to the first of the names that is free. */
  private Path name(Path file, List<String> names) throws IOException {
    for (int attempt = 1; ; attempt++) {
      Path folder = store.resolve(names.getFirst()).getParent();
      try {
        folders.require(folder);
        Path named = link(file, names);
        folders.flush(folder);
        return named;
      } catch (NoSuchFileException e) {
        folders.forget(folder);
        if (attempt == ATTEMPTS || !Files.exists(file)) {
          throw e;
        }
      }
    }
  }

  private Path link(Path file, List<String> names) throws IOException {
    for (String name : names) {
      Path place = store.resolve(name);
      try {
        Files.createLink(place, file);
        return place;
      } catch (FileAlreadyExistsException e) {
        if (Files.isSameFile(place, file)) {
          return place;
        }
      }
    }
    throw new FileAlreadyExistsException(names.getLast());
  }

  /**
   * Waits until nobody else of the node takes names away, and keeps the others waiting until it is
   * closed.
   */
  public Turn turn() throws IOException {
    Files.createDirectories(aside);
    return new Turn(OwnedFolder.Guard.of(aside));
  }

  /** The time in which this process alone takes names away. */
  public final class Turn implements Closeable {
    private final OwnedFolder.Guard guard;

    private Turn(OwnedFolder.Guard guard) {
      this.guard = guard;
    }

    /**
     * Takes a file's name away.
     *
     * @return false when the file isn't there, or is of another reception
     */
    public boolean setAside(String path, UUID receptionId) throws IOException {
      if (look(path).filter(held -> held.receptionId().equals(receptionId)).isEmpty()) {
        return false;
      }
      Files.move(store.resolve(path), aside(receptionId), StandardCopyOption.ATOMIC_MOVE);
      return true;
    }

    /** Removes a file that was set aside, and the folders that it has left empty. */
    public void remove(UUID receptionId, String path) throws IOException {
      Files.deleteIfExists(aside(receptionId));
      EmptyFolders.remove(store, store.resolve(path).getParent());
    }

    /**
     * Gives a file that was set aside a name again: its own, or another if somebody has that.
     *
     * @return its path
     */
    public String putBack(UUID receptionId, String path) throws IOException {
      Path file = aside(receptionId);
      String sop =
          StoredFile.read(file, "")
              .map(stored -> stored.header().sopInstance())
              .orElseThrow(() -> new IOException(file + " can't be read at present"));
      Path named = name(file, names(path, sop, receptionId));
      Files.delete(file);
      return store.relative(named);
    }

    /** The receptions whose files are set aside; some of them are about to be deleted. */
    public List<UUID> aside() throws IOException {
      List<UUID> found = new ArrayList<>();
      try (DirectoryStream<Path> files = Files.newDirectoryStream(aside)) {
        for (Path file : files) {
          Matcher name = ASIDE.matcher(file.getFileName().toString());
          if (name.matches()) {
            found.add(UUID.fromString(name.group(1)));
          }
        }
      }
      return found;
    }

    private Path aside(UUID receptionId) {
      return aside.resolve(receptionId + Shelf.SUFFIX);
    }

    /** The tenant of a file that is set aside; empty when it can't be read, or is gone. */
    public Optional<String> tenant(UUID receptionId) throws IOException {
      try {
        return StoredFile.read(aside(receptionId), "").map(file -> file.header().seal().tenant());
      } catch (NoSuchFileException e) {
        return Optional.empty();
      }
    }

    @Override
    public void close() throws IOException {
      guard.close();
    }
  }
}
