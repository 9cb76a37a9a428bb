package org.regionalpacs.intake.serve;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.intake.OnlineStore;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.storage.peer.PeerPaths;

/** What of a node's disk other hosts may read: received objects and derived blobs. */
final class NodeFiles {
  private final OnlineStore online;
  private final BlobStore derived;

  /**
   * @param derived this host's own folder
   */
  NodeFiles(OnlineStore online, BlobStore derived) {
    this.online = online;
    this.derived = derived;
  }

  /** The node's id. */
  String node() {
    return online.node();
  }

  /** Something that is there. */
  interface Opened {
    /** Its bytes. */
    long size();

    /**
     * Some of them.
     *
     * @throws IOException also when it has gone
     */
    InputStream range(long offset, long length) throws IOException;
  }

  private record OpenedFile(Path file, long size) implements Opened {
    @Override
    public InputStream range(long offset, long length) throws IOException {
      return ByteSource.of(file).open(offset, length);
    }
  }

  private record OpenedBlob(BlobStore store, String id, long size) implements Opened {
    @Override
    public InputStream range(long offset, long length) throws IOException {
      return store.get(id, offset, length);
    }
  }

  /**
   * Looks for something.
   *
   * @param kind of {@link PeerPaths}
   * @return empty when it isn't there
   * @throws IllegalArgumentException when nothing is called so
   */
  Optional<Opened> open(String kind, String name) throws IOException {
    return switch (kind) {
      case PeerPaths.ONLINE -> online(name);
      case PeerPaths.DERIVED ->
          derived.stat(id(name)).map(blob -> new OpenedBlob(derived, blob.id(), blob.size()));
      default -> Optional.empty();
    };
  }

  private Optional<Opened> online(String name) throws IOException {
    // What is of the store itself begins with a dot, at any level.
    if (name.startsWith(".") || name.contains("/.")) {
      return Optional.empty();
    }
    Path file = online.resolve(name);
    try {
      // Only this exception says that it isn't there: a disk that fails is no proof.
      BasicFileAttributes found =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return found.isRegularFile()
          ? Optional.of(new OpenedFile(file, found.size()))
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Removes a derived blob; that it isn't there is a success. */
  void deleteDerived(String name) throws IOException {
    derived.delete(id(name));
  }

  private String id(String name) {
    return online.node() + "/" + name;
  }
}
