package org.regionalpacs.wado.prefetch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.DicomFormatException;
import org.regionalpacs.dicom.io.NoPixelDataException;
import org.regionalpacs.dicom.io.PixelFrames;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.index.RenditionKind;
import org.regionalpacs.storage.ObjectMissingException;
import org.regionalpacs.storage.cached.HotObjects;
import org.regionalpacs.wado.retrieve.FrameLayouts;

/**
 * Reads archived objects into the hot cache as a viewer will: small ones as a whole, of others
 * frame by frame, and where the frames are.
 */
final class ObjectsAhead {
  private static final int REMEMBERED = 100_000;

  /** About so much of an object is read to see what it is. */
  private static final long HEADER = 64 * 1024;

  /** So long an object isn't read again: it is in the cache, or was driven out of it. */
  private static final Duration NEAR = Duration.ofMinutes(10);

  private final HotObjects hot;
  private final FrameLayouts layouts;
  private final PrefetchMetrics metrics;
  private final Cache<UUID, Boolean> brought =
      Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(NEAR).build();

  ObjectsAhead(HotObjects hot, FrameLayouts layouts, PrefetchMetrics metrics) {
    this.hot = hot;
    this.layouts = layouts;
    this.metrics = metrics;
  }

  /**
   * Brings an object near, unless it is.
   *
   * @param most bytes
   * @param wanted whether it still is
   * @return bytes that were read, all that may be when the next would be too many
   * @throws IOException when the archive is away
   */
  long bring(InstanceObject instance, long most, BooleanSupplier wanted) throws IOException {
    // The encoding that frames are sent of, see FrameNegotiation.
    InstanceObject object =
        instance.rendition(RenditionKind.LOSSLESS).map(instance::as).orElse(instance);
    UUID id = object.receptionId();
    if (brought.getIfPresent(id) != null || hot.cacheFor(object).isEmpty()) {
      return 0;
    }
    brought.put(id, true);
    try {
      return read(object, most, wanted);
    } catch (NoPixelDataException | DicomFormatException e) {
      // Nothing that is looked at frame by frame; it was read all the same.
      long read = Math.min(object.size(), HotObjects.inOnePiece(object) ? object.size() : HEADER);
      metrics.brought(read);
      return read;
    } catch (ObjectMissingException e) {
      return 0; // deleted meanwhile
    } catch (IOException | RuntimeException e) {
      brought.invalidate(id);
      throw e;
    }
  }

  private long read(InstanceObject object, long most, BooleanSupplier wanted) throws IOException {
    ByteSource bytes = hot.open(object, _ -> {});
    if (HotObjects.inOnePiece(object)) {
      bytes.open(0, 1).close();
    }
    PixelFrames frames = layouts.of(object, bytes);
    if (HotObjects.inOnePiece(object)) {
      metrics.brought(object.size());
      return object.size();
    }
    long read = 0;
    for (int frame = 1; frame <= frames.count() && wanted.getAsBoolean(); frame++) {
      long length = frames.length(frame);
      if (read + length > most) {
        // The bound is used up: the headers of all that follow are not to be read for nothing.
        brought.invalidate(object.receptionId());
        metrics.brought(read);
        return most;
      }
      frames.copy(bytes, frame, OutputStream.nullOutputStream());
      read += length;
    }
    metrics.brought(read);
    return read;
  }
}
