package org.regionalpacs.wado.render;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Bounds of rendering.
 *
 * @param memory heap that frames and pictures may take, all requests together; a frame that needs
 *     more isn't rendered
 * @param maxConcurrent frames that are rendered at the same time
 * @param maxWaiting requests that wait for their turn; more are answered 503 at once
 * @param maxWait how long a request waits for its turn before it is answered 503
 * @param maxTime how long one frame may take before it is given up with 503
 * @param maxViewport most pixels of a viewport
 * @param thumbnailSize longest side of a thumbnail in pixels, unless a viewport is asked for
 * @param quality of JPEG pictures unless one is asked for, 1 to 100
 * @param maxCached longest picture that is kept in Redis, up to {@code pacs.cache.max-value}; 0
 *     keeps none
 */
@Validated
@ConfigurationProperties("pacs.render")
record RenderProperties(
    @DefaultValue("256MB") @NotNull DataSize memory,
    @DefaultValue("4") @Min(1) @Max(256) int maxConcurrent,
    @DefaultValue("256") @Min(0) @Max(10_000) int maxWaiting,
    @DefaultValue("10s") @NotNull Duration maxWait,
    @DefaultValue("60s") @NotNull Duration maxTime,
    @DefaultValue("16777216") @Min(1) @Max(1 << 28) int maxViewport,
    @DefaultValue("200") @Min(16) @Max(1024) int thumbnailSize,
    @DefaultValue("85") @Min(1) @Max(100) int quality,
    @DefaultValue("1MB") @NotNull DataSize maxCached) {
  private static final long MOST_CACHED = 256L << 20;

  RenderProperties {
    if (maxCached.isNegative() || maxCached.toBytes() > MOST_CACHED) {
      throw new IllegalArgumentException("pacs.render.max-cached must be from 0 to 256MB");
    }
  }
}
