package org.regionalpacs.storage.cached;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The hot cache.
 *
 * @param enabled whether there is one
 * @param ttl how long a value stays at most; Redis drops what is used least before, when it is full
 * @param maxValue larger ones stream past the cache
 * @param heap bytes that all readers hold in the heap at once; beyond it they stream past the cache
 * @param near bytes of values that are kept in the heap for a minute; 0: none
 * @param timeout how long Redis may take for an answer
 * @param pause how long it is left alone when it failed
 * @param metadata whether metadata documents are cached
 */
@Validated
@ConfigurationProperties("pacs.cache")
public record CacheProperties(
    @DefaultValue("true") boolean enabled,
    @DefaultValue("1d") @DurationMin(seconds = 1) @DurationMax(days = 365) Duration ttl,
    @DefaultValue("4MB") @NotNull DataSize maxValue,
    @DefaultValue("64MB") @NotNull DataSize heap,
    @DefaultValue("32MB") @NotNull DataSize near,
    @DefaultValue("250ms") @DurationMin(millis = 10) @DurationMax(seconds = 10) Duration timeout,
    @DefaultValue("5s") @DurationMin(millis = 10) @DurationMax(minutes = 10) Duration pause,
    @DefaultValue("true") boolean metadata) {
  private static final DataSize LARGEST = DataSize.ofMegabytes(256);

  /** What holds where nothing is set. */
  public static CacheProperties defaults() {
    return new CacheProperties(
        true,
        Duration.ofDays(1),
        DataSize.ofMegabytes(4),
        DataSize.ofMegabytes(64),
        DataSize.ofMegabytes(32),
        Duration.ofMillis(250),
        Duration.ofSeconds(5),
        true);
  }

  @AssertTrue(message = "must be 0 bytes to 2GB")
  boolean isNearUsable() {
    return near.toBytes() >= 0 && near.compareTo(DataSize.ofGigabytes(2)) <= 0;
  }

  @AssertTrue(message = "must be 1 byte to 256MB and less than pacs.cache.heap")
  boolean isMaxValueUsable() {
    return maxValue.toBytes() > 0
        && maxValue.compareTo(LARGEST) <= 0
        && maxValue.compareTo(heap) < 0;
  }
}
