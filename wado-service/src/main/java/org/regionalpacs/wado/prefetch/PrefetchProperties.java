package org.regionalpacs.wado.prefetch;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Bounds of what is made ready ahead of readers.
 *
 * @param enabled whether anything is
 * @param workers studies at the same time
 * @param maxWaiting studies that wait for their turn; what is opened beyond them isn't prefetched
 * @param maxSeries series at a time of a study, from the one that is read on
 * @param maxBytes of archived objects that are brought into the hot cache at a time, of a study; 0B
 *     for none
 * @param bringBack whether opening a study wants its evicted files back
 * @param interval a study that is opened again, or a series that is read on and on, is looked at
 *     once in so long
 */
@Validated
@ConfigurationProperties("pacs.prefetch")
record PrefetchProperties(
    @DefaultValue("true") boolean enabled,
    @DefaultValue("2") @Min(1) @Max(64) int workers,
    @DefaultValue("256") @Min(1) @Max(100_000) int maxWaiting,
    @DefaultValue("16") @Min(1) @Max(10_000) int maxSeries,
    @DefaultValue("64MB") @NotNull DataSize maxBytes,
    @DefaultValue("true") boolean bringBack,
    @DefaultValue("1m") @DurationMin(millis = 1) @DurationMax(days = 1) Duration interval) {

  @AssertTrue(message = "pacs.prefetch.max-bytes must not be negative")
  boolean isMaxBytesUsable() {
    return maxBytes.toBytes() >= 0;
  }
}
