package org.regionalpacs.storage;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.regionalpacs.dicom.io.ByteSource;

/**
 * Blobs as files in a folder, under their own names. Several processes may share the folder; its
 * file system must have hard links, because linking is the only rename that never overwrites.
 */
public final class LocalBlobStore implements BlobStore {
  private static final String TEMPORARY = ".tmp";
  private static final String MARKER = ".store";
  private static final Duration ABANDONED = Duration.ofDays(1);
  private static final int BUFFER = 128 * 1024;
  private static final int ATTEMPTS = 100;
  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private final String name;
  private final Path root;
  private final DurableFolders folders;

  private LocalBlobStore(String name, Path root) {
    this.name = name;
    this.root = root;
    this.folders = new DurableFolders(root);
  }

  /**
   * Opens the store, making its folder when absent.
   *
   * @throws IllegalStateException when the folder can't be used, saying why
   */
  public static LocalBlobStore open(String name, Path folder) {
    Path root = folder.toAbsolutePath().normalize();
    try {
      Files.createDirectories(root.resolve(TEMPORARY));
      mark(root);
      removeAbandoned(root.resolve(TEMPORARY));
    } catch (IOException e) {
      throw new IllegalStateException(
          "blob store '" + name + "': folder '" + root + "' can't be used: " + e.getMessage(), e);
    }
    return new LocalBlobStore(name, root);
  }

  /** Whether a folder is that of a store: made by one, and mounted. */
  public static boolean isIn(Path folder) {
    return Files.exists(folder.resolve(MARKER));
  }

  /** The marker tells the store's folder from the empty mount point of a volume that is gone. */
  private static void mark(Path root) throws IOException {
    try {
      Files.createFile(root.resolve(MARKER));
      DurableFolders.flush(root);
    } catch (FileAlreadyExistsException e) {
      // Opened before.
    }
  }

  /** What a crash left half-written; younger files may be another process's work in progress. */
  private static void removeAbandoned(Path temporary) throws IOException {
    Instant before = Instant.now().minus(ABANDONED);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(temporary)) {
      for (Path file : files) {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (NoSuchFileException e) {
      // Another process removes the same ones.
    }
  }

  @Override
  public String name() {
    return name;
  }

  /**
   * Names of all blobs, or of those in one folder, in no order; what is stored or deleted meanwhile
   * may be among them or not. To be closed.
   *
   * @param below a folder's name, or empty
   * @throws java.io.UncheckedIOException from the stream, when a folder can't be read
   */
  public Stream<String> names(String below) throws IOException {
    requireMounted();
    Path folder = below.isEmpty() ? root : root.resolve(BlobName.require(below));
    if (!Files.isDirectory(folder)) {
      return Stream.empty();
    }
    return Files.walk(folder)
        .filter(Files::isRegularFile)
        .map(file -> root.relativize(file).toString().replace('\\', '/'))
        .filter(blob -> !blob.startsWith("."));
  }

  @Override
  public StoredBlob put(String blob, InputStream content, long length) throws IOException {
    Path target = file(blob);
    Path temporary = root.resolve(TEMPORARY).resolve(UUID.randomUUID().toString());
    try {
      long size = write(content, length, temporary);
      return FullDisk.typed(name, () -> link(blob, temporary, target, size));
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Shares the file's bytes by a hard link where both are on one volume, and copies elsewhere. */
  @Override
  public StoredBlob putFile(String blob, Path file) throws IOException {
    Path target = file(blob);
    try (FileChannel source = FileChannel.open(file, StandardOpenOption.READ)) {
      source.force(false);
      return link(blob, file, target, source.size());
    } catch (FileAlreadyExistsException | NoSuchFileException | NotDirectoryException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException e) {
      return BlobStore.super.putFile(blob, file);
    }
  }

  private long write(InputStream content, long length, Path file) throws IOException {
    try (FileChannel out = FullDisk.typed(name, () -> FileChannel.open(file, NEW))) {
      byte[] buffer = new byte[BUFFER];
      long size = 0;
      for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
        while (bytes.hasRemaining()) {
          FullDisk.typed(name, () -> out.write(bytes));
        }
        size += count;
      }
      if (length >= 0 && size != length) {
        throw new EOFException("content has " + size + " bytes, not " + length);
      }
      FullDisk.typed(
          name,
          () -> {
            out.force(true);
            return out;
          });
      return size;
    }
  }

  /** Gives the file its name in the store, unless the name is in use. */
  private StoredBlob link(String blob, Path file, Path target, long size) throws IOException {
    Path folder = target.getParent();
    for (int attempt = 1; ; attempt++) {
      try {
        folders.make(folder);
        Files.createLink(target, file);
        break;
      } catch (FileAlreadyExistsException e) {
        if (!Files.isSameFile(file, target) && Files.mismatch(file, target) >= 0) {
          throw new BlobCollisionException(name, blob);
        }
        break;
      } catch (NoSuchFileException e) {
        // A delete has just removed the folder because it was empty.
        folders.forget(folder);
        if (attempt == ATTEMPTS || !Files.exists(file)) {
          throw e;
        }
      }
    }
    DurableFolders.flush(folder);
    return new StoredBlob(blob, size);
  }

  @Override
  public InputStream get(String id, long offset, long length) throws IOException {
    Path file = file(id);
    if (!Files.isRegularFile(file)) {
      throw missing(id);
    }
    try {
      return ByteSource.of(file).open(offset, length);
    } catch (NoSuchFileException e) {
      throw missing(id);
    }
  }

  @Override
  public Optional<StoredBlob> stat(String id) throws IOException {
    Path file = file(id);
    if (Files.isRegularFile(file)) {
      return Optional.of(new StoredBlob(id, Files.size(file)));
    }
    requireMounted();
    return Optional.empty();
  }

  @Override
  public void delete(String id) throws IOException {
    Path file = file(id);
    if (!Files.isRegularFile(file)) {
      requireMounted();
      return;
    }
    if (Files.deleteIfExists(file)) {
      flushIfThere(file.getParent());
      folders.prune(file.getParent());
    }
  }

  /** A folder that another delete has just removed needs no flush of its own. */
  private static void flushIfThere(Path folder) throws IOException {
    try {
      DurableFolders.flush(folder);
    } catch (NoSuchFileException e) {
      // Gone with all that was in it.
    }
  }

  /** Where a blob is, for people. */
  Path path(String blob) {
    return file(blob);
  }

  private Path file(String blob) {
    return root.resolve(BlobName.require(blob));
  }

  private IOException missing(String id) throws IOException {
    requireMounted();
    return new BlobMissingException(name, id);
  }

  private void requireMounted() throws IOException {
    if (!Files.exists(root.resolve(MARKER))) {
      throw new BlobStoreUnreachableException(name, root + " is not mounted or was emptied");
    }
  }

  @Override
  public String toString() {
    return "LocalBlobStore[" + name + " in " + root + "]";
  }
}
