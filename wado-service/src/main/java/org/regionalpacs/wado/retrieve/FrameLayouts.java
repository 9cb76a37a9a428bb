package org.regionalpacs.wado.retrieve;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.regionalpacs.dicom.io.ByteSource;
import org.regionalpacs.dicom.io.PixelFrames;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Where the frames of an object are in its file: found once by reading the header, then remembered.
 * The reception id is the key, as the bytes behind it never change, wherever they go.
 */
@Component
@EnableConfigurationProperties(RetrieveProperties.class)
public class FrameLayouts {
  /** What an object takes beside its frames, counted in frames. */
  private static final int OBJECT_WEIGHT = 64;

  private final Cache<UUID, PixelFrames> layouts;

  FrameLayouts(RetrieveProperties properties) {
    this.layouts =
        Caffeine.newBuilder()
            .maximumWeight(properties.cachedFrames())
            .weigher((UUID _, PixelFrames frames) -> OBJECT_WEIGHT + frames.count())
            .build();
  }

  /** The frames of an object. Many requests for it at once read its header once. */
  public PixelFrames of(UUID receptionId, ByteSource bytes) throws IOException {
    try {
      return layouts.get(receptionId, _ -> read(bytes));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static PixelFrames read(ByteSource bytes) {
    try {
      return PixelFrames.of(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
