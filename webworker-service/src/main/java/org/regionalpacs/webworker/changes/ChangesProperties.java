package org.regionalpacs.webworker.changes;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The change feed.
 *
 * @param poll between two looks for changes without a number
 * @param batch changes numbered in one transaction
 * @param keep how long changes are kept
 */
@Validated
@ConfigurationProperties("pacs.changes")
record ChangesProperties(
    @DefaultValue("250ms") @NotNull @DurationMin(millis = 1) Duration poll,
    @DefaultValue("1000") @Min(1) @Max(100_000) int batch,
    @DefaultValue("90d") @NotNull @DurationMin(hours = 1) Duration keep) {}
