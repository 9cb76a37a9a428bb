package org.regionalpacs.wado.transcode;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Bounds of transcoding what is sent.
 *
 * @param memory heap that frames may take, all requests together; a frame that needs more isn't
 *     transcoded
 * @param maxConcurrent frames and objects that are transcoded at the same time; objects one fewer,
 *     but one in any case
 * @param maxWaiting requests that wait for their turn; more are answered 503 at once
 * @param maxWait how long a request waits for its turn before it is answered 503
 * @param maxTime how long a frame may take before it is given up with 503
 * @param maxObjectTime the same of an object with all its frames
 * @param maxCached longest frame and object that is kept in Redis, up to {@code
 *     pacs.cache.max-value}, and that stays in the heap until it is sent; 0 for none
 * @param scratch folder for what is longer, until it is sent
 * @param scratchLimit most bytes of that, all requests together; while an object is made it takes
 *     half of it at most besides
 */
@Validated
@ConfigurationProperties("pacs.transcode")
public record TranscodeProperties(
    @DefaultValue("256MB") @NotNull DataSize memory,
    @DefaultValue("4") @Min(1) @Max(256) int maxConcurrent,
    @DefaultValue("64") @Min(0) @Max(10_000) int maxWaiting,
    @DefaultValue("10s") @NotNull @DurationMin(millis = 1) Duration maxWait,
    @DefaultValue("60s") @NotNull @DurationMin(millis = 1) Duration maxTime,
    @DefaultValue("10m") @NotNull @DurationMin(millis = 1) Duration maxObjectTime,
    @DefaultValue("1MB") @NotNull DataSize maxCached,
    @DefaultValue("data/transcode") @NotNull Path scratch,
    @DefaultValue("8GB") @NotNull DataSize scratchLimit) {
  private static final long MOST_CACHED = 256L << 20;

  /** Checks sizes. */
  public TranscodeProperties {
    if (maxCached.isNegative() || maxCached.toBytes() > MOST_CACHED) {
      throw new IllegalArgumentException("pacs.transcode.max-cached must be from 0 to 256MB");
    }
    if (memory.toBytes() < 1 || scratchLimit.isNegative()) {
      throw new IllegalArgumentException(
          "pacs.transcode.memory and scratch-limit must be sizes from 1 byte on");
    }
  }
}
