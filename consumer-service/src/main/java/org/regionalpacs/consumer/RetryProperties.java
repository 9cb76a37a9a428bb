package org.regionalpacs.consumer;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How a batch that failed for a reason that may heal comes again.
 *
 * @param firstPause before the first repeat
 * @param longestPause the pauses grow up to this
 * @param factor by which each pause is longer than the one before
 */
@Validated
@ConfigurationProperties("pacs.retry")
public record RetryProperties(
    @DefaultValue("200ms") @NotNull @DurationMin(millis = 1) Duration firstPause,
    @DefaultValue("30s") @NotNull @DurationMin(millis = 1) @DurationMax(minutes = 4)
        Duration longestPause,
    @DefaultValue("2") @DecimalMin("1.0") @DecimalMax("10.0") double factor) {

  /** The pause after a number of failures in a row, one or more. */
  public Duration after(int failures) {
    double pause = firstPause.toMillis() * Math.pow(factor, failures - 1);
    return Duration.ofMillis((long) Math.min(pause, longestPause.toMillis()));
  }
}
