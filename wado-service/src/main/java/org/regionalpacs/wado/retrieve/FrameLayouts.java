package org.regionalpacs.wado.retrieve;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.UUID;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.NoPixelDataException;
import org.regionalpacs.dicom.io.PixelFrames;
import org.regionalpacs.dicom.io.Recoder;
import org.regionalpacs.index.InstanceObject;
import org.regionalpacs.storage.cached.CacheKey;
import org.regionalpacs.storage.cached.HotCache;
import org.regionalpacs.storage.cached.HotObjects;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Where the frames of an object are in its file: found once by reading the header, then remembered;
 * of objects that are far away in Redis too. The reception id is the key, as the bytes behind it
 * never change, wherever they go.
 */
@Component
@EnableConfigurationProperties(RetrieveProperties.class)
public class FrameLayouts {
  /** What an object takes beside its frames, counted in frames. */
  private static final int OBJECT_WEIGHT = 64;

  private final HotObjects hot;
  private final Cache<UUID, PixelFrames> layouts;

  FrameLayouts(HotObjects hot, RetrieveProperties properties) {
    this.hot = hot;
    this.layouts =
        Caffeine.newBuilder()
            .maximumWeight(properties.cachedFrames())
            .weigher((UUID _, PixelFrames frames) -> OBJECT_WEIGHT + frames.count())
            .build();
  }

  /**
   * The frames of an object. Many requests for it at once read its header once.
   *
   * @throws NoPixelDataException when it has none that can be read: also when they are in
   *     fragments, although its transfer syntax isn't a compressed one (PS3.5 A.4)
   */
  public PixelFrames of(InstanceObject object, ByteSource bytes) throws IOException {
    PixelFrames frames = found(object, bytes);
    if (frames.encapsulated() && Recoder.canRecode(frames.transferSyntax())) {
      throw new NoPixelDataException(
          "pixel data is in fragments, and " + frames.transferSyntax() + " isn't compressed");
    }
    return frames;
  }

  private PixelFrames found(InstanceObject object, ByteSource bytes) throws IOException {
    try {
      return layouts.get(object.receptionId(), _ -> find(object, bytes));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private PixelFrames find(InstanceObject object, ByteSource bytes) {
    try {
      Optional<HotCache> cache = hot.cacheFor(object);
      return cache.isPresent() ? find(cache.get(), object, bytes) : PixelFrames.of(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PixelFrames find(HotCache cache, InstanceObject object, ByteSource bytes)
      throws IOException {
    CacheKey key = CacheKey.layout(object.tenant(), object.receptionId());
    Optional<PixelFrames> remembered = cache.find(key).flatMap(PixelFrames::fromBytes);
    if (remembered.isPresent()) {
      return remembered.get();
    }
    PixelFrames found = PixelFrames.of(bytes);
    cache.keep(key, found.toBytes());
    return found;
  }
}
