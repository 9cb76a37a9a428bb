package org.regionalpacs.intake;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * The folder of received objects on this node's own disk, and the node's name.
 *
 * @param root absolute path
 * @param node id of the node that owns the folder; kept in the folder, so that it outlives host
 *     names and containers
 */
public record OnlineStore(Path root, String node) {
  private static final String NODE_FILE = ".node";

  /**
   * Opens the folder, making it and its node id when absent.
   *
   * @throws IllegalStateException when it can't be made or used, saying why
   */
  public static OnlineStore open(Path folder) {
    Path root = folder.toAbsolutePath().normalize();
    try {
      Files.createDirectories(root);
      return new OnlineStore(root, nodeId(root));
    } catch (IOException | UnsupportedOperationException e) {
      throw new IllegalStateException(
          "pacs.online.root: '" + root + "' can't be used: " + e.getMessage(), e);
    }
  }

  /**
   * The file behind a storage message's {@code FilePath}.
   *
   * @throws IllegalArgumentException when the path leads out of the store
   */
  public Path resolve(String filePath) {
    Path file = root.resolve(filePath).normalize();
    if (!file.startsWith(root)) {
      throw new IllegalArgumentException("not a path of the online store");
    }
    return file;
  }

  /** {@link #resolve} the other way round. */
  String relative(Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }

  /**
   * The first process to link its proposal wins; the others read it. This proves as well that the
   * folder is writable and has hard links, on which the intake relies.
   */
  private static String nodeId(Path root) throws IOException {
    Path file = root.resolve(NODE_FILE);
    if (!Files.exists(file)) {
      Path proposal = root.resolve(NODE_FILE + "." + UUID.randomUUID());
      try {
        Files.writeString(proposal, UUID.randomUUID().toString());
        Flush.file(proposal);
        Files.createLink(file, proposal);
        Flush.folder(root);
      } catch (FileAlreadyExistsException e) {
        // Another process was first.
      } finally {
        Files.deleteIfExists(proposal);
      }
    }
    if (!Files.isWritable(root)) {
      throw new IOException("not writable");
    }
    String id = Files.readString(file).strip();
    try {
      return UUID.fromString(id).toString();
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " holds no node id", e);
    }
  }
}
