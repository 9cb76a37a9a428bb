package org.regionalpacs.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The online store of this host's node, for reading. Which node that is stands in a file in its
 * root, written by intake; a host without the folder has no node and reads no online files.
 */
public final class OnlineFiles {
  private static final String NODE_FILE = ".node";

  private final Path root;
  private volatile Optional<String> node = Optional.empty();

  /**
   * @param root the folder; it may appear later
   */
  public OnlineFiles(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  /**
   * The file of a path on a node; whether it exists is not looked at. Empty when that is not this
   * host's node.
   *
   * @param owner node id
   * @param path relative to the node's root, with {@code /}
   * @throws IllegalArgumentException when the path leads out of the root
   */
  public Optional<Path> resolve(String owner, String path) throws IOException {
    Path file = inside(path);
    return node().filter(owner::equals).map(_ -> file);
  }

  private Path inside(String path) {
    try {
      Path relative = Path.of(path);
      Path file = root.resolve(relative).normalize();
      if (relative.isAbsolute() || !file.startsWith(root) || file.equals(root)) {
        throw new IllegalArgumentException("not a path inside the online store");
      }
      return file;
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("not a path inside the online store", e);
    }
  }

  /** The id of this host's node; empty while there is none. */
  public Optional<String> node() throws IOException {
    if (node.isEmpty()) {
      node = read();
    }
    return node;
  }

  private Optional<String> read() throws IOException {
    try {
      return Optional.of(Files.readString(root.resolve(NODE_FILE)).strip())
          .filter(id -> !id.isEmpty());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
