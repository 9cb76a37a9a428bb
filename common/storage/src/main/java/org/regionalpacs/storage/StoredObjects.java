package org.regionalpacs.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.index.ObjectLocation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens objects wherever they are: the online file first, else the archived blob. Nothing is asked
 * before a range is opened; then each place is tried until one has it, so that an object whose
 * online file goes while it is read is read on from the archive. Opening a range throws
 *
 * <ul>
 *   <li>{@link ObjectUnavailableException}: no place has it, but one of them couldn't be asked;
 *   <li>{@link ObjectMissingException}: all places answered, none has it.
 * </ul>
 */
public final class StoredObjects {
  private static final Logger LOG = LoggerFactory.getLogger(StoredObjects.class);
  private static final int TOLD = 1_000;

  private final OnlineFiles online;
  private final OtherNodes others;
  private final Map<String, BlobStore> stores;

  /** Places that were said not to have what they should have. */
  private final Set<ObjectLocation> told = ConcurrentHashMap.newKeySet();

  StoredObjects(OnlineFiles online, OtherNodes others, Collection<BlobStore> stores) {
    this.online = online;
    this.others = others;
    this.stores =
        stores.stream().collect(Collectors.toUnmodifiableMap(BlobStore::name, Function.identity()));
  }

  /** How a range of an object in a blob store is read. */
  @FunctionalInterface
  public interface BlobReading {
    /** From the store itself. */
    BlobReading DIRECT =
        (store, place, offset, length, from) -> {
          InputStream in = store.get(place.blobId(), place.offset() + offset, length);
          from.accept(store.name());
          return in;
        };

    /**
     * Opens it.
     *
     * @param offset first byte of the object, not of the blob
     * @param length bytes, all inside the object
     * @param from to be told where it comes from
     */
    InputStream open(
        BlobStore store, ObjectLocation place, long offset, long length, Consumer<String> from)
        throws IOException;
  }

  /** The file of an instance. */
  public ByteSource open(InstanceObject instance) {
    return open(instance.locations());
  }

  /** The file of an object. */
  public ByteSource open(List<ObjectLocation> locations) {
    return open(locations, _ -> {});
  }

  /**
   * The file of an object.
   *
   * @param from is told where each range comes from, {@link ObjectLocation#ONLINE} or the name of a
   *     blob store
   */
  public ByteSource open(List<ObjectLocation> locations, Consumer<String> from) {
    return open(locations, from, BlobReading.DIRECT);
  }

  /**
   * The file of an object.
   *
   * @param reading how ranges that may be wanted again are read; what a parser looks at in between
   *     is read from the store
   */
  public ByteSource open(
      List<ObjectLocation> locations, Consumer<String> from, BlobReading reading) {
    return new PlacedSource(this, locations, from, reading);
  }

  /** Whether this host has the online file of an object. */
  public boolean onThisHost(List<ObjectLocation> locations) {
    return locations.stream().filter(ObjectLocation::online).anyMatch(this::hasFile);
  }

  private boolean hasFile(ObjectLocation location) {
    try {
      return file(location).isPresent();
    } catch (IOException e) {
      return false;
    }
  }

  /** The file at a place on this host; empty when it isn't there. */
  private Optional<ByteSource> file(ObjectLocation location) throws IOException {
    Optional<Path> file = online.resolve(location.node(), location.blobId());
    try {
      // A file of another length is not the object; a copy elsewhere may be.
      return file.isPresent() && Files.size(file.get()) == location.length()
          ? file.map(ByteSource::of)
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Whether a place is on this host's node. */
  boolean isHere(ObjectLocation place) throws IOException {
    return online.resolve(place.node(), place.blobId()).isPresent();
  }

  /**
   * A range of the file at a place on a node, this host's or another; empty when it isn't there.
   */
  Optional<InputStream> online(ObjectLocation place, long offset, long length) throws IOException {
    if (!isHere(place)) {
      return others.open(place, offset, length);
    }
    try {
      Optional<ByteSource> file = file(place);
      return file.isEmpty() ? Optional.empty() : Optional.of(file.get().open(offset, length));
    } catch (NoSuchFileException e) {
      // It has just gone.
      return Optional.empty();
    }
  }

  /** Says so once, however many read the object; after many others perhaps once more. */
  void sayMissing(ObjectLocation place) {
    if (told.size() >= TOLD) {
      told.clear();
    }
    if (told.add(place)) {
      LOG.warn("Object is not where it should be: {}", place);
    }
  }

  /** The store of a place. */
  BlobStore store(ObjectLocation location) throws ObjectUnavailableException {
    BlobStore store = stores.get(location.store());
    if (store == null) {
      throw new ObjectUnavailableException("store " + location.store() + " is not configured here");
    }
    return store;
  }
}
