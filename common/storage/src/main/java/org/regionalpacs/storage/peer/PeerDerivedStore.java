package org.regionalpacs.storage.peer;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.regex.Pattern;
import org.regionalpacs.storage.BlobMissingException;
import org.regionalpacs.storage.BlobStore;
import org.regionalpacs.storage.BlobUnreachableHereException;
import org.regionalpacs.storage.OnlineFiles;

/**
 * Derived blobs where every host has a folder of its own: a blob's name begins with the id of the
 * node whose host has it. Those without are this host's, or of a folder that all share. A blob of a
 * node that can't be asked is a {@link BlobUnreachableHereException}.
 */
final class PeerDerivedStore implements BlobStore {
  private static final Pattern NODE =
      Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final BlobStore here;
  private final OnlineFiles online;
  private final PeerClient client;

  PeerDerivedStore(BlobStore here, OnlineFiles online, PeerClient client) {
    this.here = here;
    this.online = online;
    this.client = client;
  }

  /**
   * A blob of another node.
   *
   * @param name what its own host calls it without the node
   */
  private record Other(String node, String name) {
    String path() {
      return PeerPaths.of(node, PeerPaths.DERIVED, name);
    }
  }

  @Override
  public String name() {
    return here.name();
  }

  @Override
  public String nameHere(String name) throws IOException {
    return online.node().map(node -> node + "/" + name).orElse(name);
  }

  @Override
  public StoredBlob put(String name, InputStream content, long length) throws IOException {
    return here.put(name, content, length);
  }

  private Optional<Other> other(String id) throws IOException {
    int slash = id.indexOf('/');
    if (slash < 0 || !NODE.matcher(id.substring(0, slash)).matches()) {
      return Optional.empty();
    }
    Other other = new Other(id.substring(0, slash), id.substring(slash + 1));
    return online.node().filter(other.node()::equals).isPresent()
        ? Optional.empty()
        : Optional.of(other);
  }

  @Override
  public InputStream get(String id, long offset, long length) throws IOException {
    Optional<Other> other = other(id);
    if (other.isEmpty()) {
      return here.get(id, offset, length);
    }
    try {
      long wanted = length < 0 ? size(id, other.get()) - offset : length;
      return wanted == 0
          ? InputStream.nullInputStream()
          : client
              .get(other.get().node(), other.get().path(), offset, wanted, -1)
              .orElseThrow(() -> new BlobMissingException(name(), id));
    } catch (PeerUnreachableException e) {
      throw new BlobUnreachableHereException(id, e);
    }
  }

  private long size(String id, Other other) throws IOException {
    return client
        .size(other.node(), other.path())
        .orElseThrow(() -> new BlobMissingException(name(), id));
  }

  @Override
  public Optional<StoredBlob> stat(String id) throws IOException {
    Optional<Other> other = other(id);
    if (other.isEmpty()) {
      return here.stat(id);
    }
    return client
        .size(other.get().node(), other.get().path())
        .map(size -> new StoredBlob(id, size));
  }

  @Override
  public void delete(String id) throws IOException {
    Optional<Other> other = other(id);
    if (other.isEmpty()) {
      if (!id.startsWith(online.node().orElse(" ")) && here.stat(id).isEmpty()) {
        // Made before hosts had names in it: another of them may have it.
        throw new IOException("blob " + id + " isn't here, or on another host");
      }
      here.delete(id);
    } else {
      client.delete(other.get().node(), other.get().path());
    }
  }
}
