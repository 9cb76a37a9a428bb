package org.regionalpacs.storage;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.index.ObjectLocation;
import org.regionalpacs.storage.StoredObjects.BlobReading;

/** An object that may be in several places. Each range comes from the first that has it. */
final class PlacedSource implements ByteSource {
  private static final int HEAD = 1024 * 1024;

  private final StoredObjects objects;
  private final List<ObjectLocation> places;
  private final Consumer<String> from;
  private final BlobReading reading;

  /** Places that turned out not to have it. */
  private final Set<ObjectLocation> without = ConcurrentHashMap.newKeySet();

  /** Places that failed, and are tried last from then on: a failure may take long. */
  private final Set<ObjectLocation> failed = ConcurrentHashMap.newKeySet();

  PlacedSource(
      StoredObjects objects,
      List<ObjectLocation> locations,
      Consumer<String> from,
      BlobReading reading) {
    this.objects = objects;
    this.places =
        locations.stream()
            .sorted(Comparator.comparing((ObjectLocation location) -> !location.online()))
            .toList();
    this.from = from;
    this.reading = reading;
  }

  @Override
  public long size() throws ObjectMissingException {
    return places.stream().findFirst().orElseThrow(this::missing).length();
  }

  @Override
  public InputStream open(long offset, long length) throws IOException {
    long size = size();
    long wanted = length < 0 ? size - offset : length;
    if (offset < 0 || wanted < 0 || wanted > size - offset) {
      throw new EOFException("bytes " + offset + " to " + (offset + wanted) + " of " + size);
    }
    if (length >= 0) {
      return range(offset, wanted, reading);
    }
    // Who asks for the rest mostly looks for something near: a file costs nothing, a transfer does.
    return objects.onThisHost(places)
        ? range(offset, wanted, reading)
        : SteppedStream.open(this::step, offset, size);
  }

  /**
   * What others would read in the same pieces is where all begin; what comes behind a gap, or far
   * from the beginning, is not.
   */
  private InputStream step(long offset, long length, boolean behindGap) throws IOException {
    return range(offset, length, behindGap || length > HEAD ? BlobReading.DIRECT : reading);
  }

  private InputStream range(long offset, long length, BlobReading by) throws IOException {
    Found found = find(offset, length, by);
    if (found.sender().isEmpty()) {
      return found.in();
    }
    return new ContinuedStream(
        found.in(),
        offset,
        length,
        new ContinuedStream.Opening() {
          private Optional<ObjectLocation> sender = found.sender();

          @Override
          public InputStream open(long from, long left) throws IOException {
            sender.ifPresent(failed::add);
            Found next = find(from, left, by);
            sender = next.sender();
            return next.in();
          }
        });
  }

  /**
   * An opened range.
   *
   * @param sender the place on another node that sends it, which may break off
   */
  private record Found(InputStream in, Optional<ObjectLocation> sender) {}

  private Found find(long offset, long length, BlobReading by) throws IOException {
    Optional<IOException> unreachable = Optional.empty();
    for (ObjectLocation place : inOrder()) {
      try {
        Optional<InputStream> found =
            place.online() ? file(place, offset, length) : blob(place, offset, length, by);
        if (found.isPresent()) {
          boolean sent = place.online() && !objects.isHere(place);
          return new Found(found.get(), sent ? Optional.of(place) : Optional.empty());
        }
        without.add(place);
        objects.sayMissing(place);
      } catch (IOException e) {
        failed.add(place);
        unreachable = Optional.of(e);
      }
    }
    if (unreachable.isPresent()) {
      throw new ObjectUnavailableException(
          "no place of the object can be reached", unreachable.get());
    }
    throw missing();
  }

  private List<ObjectLocation> inOrder() {
    return places.stream()
        .filter(place -> !without.contains(place))
        .sorted(Comparator.comparing(failed::contains))
        .toList();
  }

  private Optional<InputStream> file(ObjectLocation place, long offset, long length)
      throws IOException {
    Optional<InputStream> in = objects.online(place, offset, length);
    in.ifPresent(_ -> from.accept(ObjectLocation.ONLINE));
    return in;
  }

  private Optional<InputStream> blob(ObjectLocation place, long offset, long length, BlobReading by)
      throws IOException {
    try {
      return Optional.of(by.open(objects.store(place), place, offset, length, from));
    } catch (BlobMissingException | EOFException e) {
      // A blob that ends before the object does is not where it should be either.
      return Optional.empty();
    }
  }

  private ObjectMissingException missing() {
    return new ObjectMissingException("the object is in none of its " + places.size() + " places");
  }
}
