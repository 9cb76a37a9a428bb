package org.regionalpacs.wado.statistics;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Bounds of statistics.
 *
 * @param maxConcurrent requests that ask the warehouse at the same time
 * @param maxWait how long further ones wait for their turn
 * @param maxDays most days of one request
 */
@Validated
@ConfigurationProperties("pacs.statistics")
record StatisticsProperties(
    @DefaultValue("2") @Min(1) @Max(100) int maxConcurrent,
    @DefaultValue("2s") @NotNull @DurationMin(millis = 0) @DurationMax(minutes = 1)
        Duration maxWait,
    @DefaultValue("731") @Min(1) @Max(800) int maxDays) {}
