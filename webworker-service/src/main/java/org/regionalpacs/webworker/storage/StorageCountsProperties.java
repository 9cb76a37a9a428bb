package org.regionalpacs.webworker.storage;

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
 * What counting what is where may cost.
 *
 * @param poll between two looks whether it is time
 * @param pause between two passes, at least
 * @param factor a pause is so many times as long as the pass before it
 * @param statementTimeout no statement of a pass takes longer
 */
@Validated
@ConfigurationProperties("pacs.storage-counts")
record StorageCountsProperties(
    @DefaultValue("1s") @NotNull @DurationMin(millis = 10) @DurationMax(hours = 1) Duration poll,
    @DefaultValue("5s") @NotNull @DurationMin(seconds = 1) @DurationMax(days = 1) Duration pause,
    @DefaultValue("50") @Min(1) @Max(10_000) int factor,
    @DefaultValue("60s") @NotNull @DurationMin(seconds = 1) @DurationMax(hours = 1)
        Duration statementTimeout) {}
