package org.regionalpacs.storage;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.index.ObjectLocation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens objects wherever they are: the online file first, else the archived blob. */
public final class StoredObjects {
  private static final Logger LOG = LoggerFactory.getLogger(StoredObjects.class);
  private static final Comparator<ObjectLocation> ONLINE_FIRST =
      Comparator.comparing(location -> !location.online());

  private final OnlineFiles online;
  private final Map<String, BlobStore> stores;

  StoredObjects(OnlineFiles online, Collection<BlobStore> stores) {
    this.online = online;
    this.stores =
        stores.stream().collect(Collectors.toUnmodifiableMap(BlobStore::name, Function.identity()));
  }

  /**
   * An opened object.
   *
   * @param bytes its file
   * @param store the store that it is read from, {@link ObjectLocation#ONLINE} or a blob store
   */
  public record OpenedObject(ByteSource bytes, String store) {}

  /** The file of an instance. See {@link #find}. */
  public ByteSource open(InstanceObject instance) throws IOException {
    return find(instance.locations()).bytes();
  }

  /** The file of an object. See {@link #find}. */
  public ByteSource open(List<ObjectLocation> locations) throws IOException {
    return find(locations).bytes();
  }

  /**
   * The file of an object and where it is.
   *
   * @param locations its places
   * @throws ObjectUnavailableException when none of them has it but one of them couldn't be asked
   * @throws ObjectMissingException when none of them has it
   */
  public OpenedObject find(List<ObjectLocation> locations) throws IOException {
    Optional<IOException> unreachable = Optional.empty();
    for (ObjectLocation location : locations.stream().sorted(ONLINE_FIRST).toList()) {
      try {
        Optional<ByteSource> found = location.online() ? file(location) : blob(location);
        if (found.isPresent()) {
          return new OpenedObject(found.get(), location.store());
        }
        LOG.warn("Object is not where it should be: {}", location);
      } catch (IOException e) {
        unreachable = Optional.of(e);
      }
    }
    if (unreachable.isPresent()) {
      throw new ObjectUnavailableException(
          "no place of the object can be reached", unreachable.get());
    }
    throw new ObjectMissingException(
        "the object is in none of its " + locations.size() + " places");
  }

  private Optional<ByteSource> file(ObjectLocation location) throws IOException {
    Path file =
        online
            .resolve(location.node(), location.blobId())
            .orElseThrow(() -> new ObjectUnavailableException("on node " + location.node()));
    try {
      // A file of another length is not the object; a copy elsewhere may be.
      return Files.size(file) == location.length()
          ? Optional.of(ByteSource.of(file))
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private Optional<ByteSource> blob(ObjectLocation location) throws IOException {
    BlobStore store = stores.get(location.store());
    if (store == null) {
      throw new ObjectUnavailableException("store " + location.store() + " is not configured here");
    }
    return store
        .stat(location.blobId())
        .filter(blob -> blob.size() >= location.offset() + location.length())
        .map(_ -> new BlobByteSource(store, location));
  }

  /** An object inside a blob. */
  private record BlobByteSource(BlobStore store, ObjectLocation location) implements ByteSource {
    @Override
    public long size() {
      return location.length();
    }

    @Override
    public InputStream open(long offset, long length) throws IOException {
      long wanted = length < 0 ? location.length() - offset : length;
      if (offset < 0 || wanted < 0 || offset + wanted > location.length()) {
        throw new EOFException(
            "bytes " + offset + " to " + (offset + wanted) + " of " + location.length());
      }
      return store.get(location.blobId(), location.offset() + offset, wanted);
    }
  }
}
