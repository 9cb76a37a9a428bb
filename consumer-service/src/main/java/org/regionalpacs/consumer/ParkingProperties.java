package org.regionalpacs.consumer;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Records that can't be processed now while others can.
 *
 * @param most of them for each step; beyond, the step waits
 * @param firstPause before the first repeat of one
 * @param longestPause the pauses double up to this
 * @param giveUpAfter it becomes a dead letter when it fails then
 */
@Validated
@ConfigurationProperties("pacs.parking")
record ParkingProperties(
    @DefaultValue("10000") @Min(0) @Max(1_000_000) int most,
    @DefaultValue("5s") @NotNull @DurationMin(millis = 1) Duration firstPause,
    @DefaultValue("10m") @NotNull @DurationMin(millis = 1) Duration longestPause,
    @DefaultValue("7d") @NotNull @DurationMin(millis = 1) Duration giveUpAfter) {

  /**
   * @param attempts made up to now, 1 or more
   */
  Duration pause(int attempts) {
    long pause = firstPause.toMillis() << Math.min(attempts - 1, 30);
    return Duration.ofMillis(Math.min(Math.max(pause, 1), longestPause.toMillis()));
  }
}
