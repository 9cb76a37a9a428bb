package org.regionalpacs.consumer;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When the indexer goes first, see {@link Precedence}.
 *
 * @param rate objects a second that this process indexes, from which on the others wait
 * @param longest how long an object may wait to be archived, converted or loaded; 0: never
 */
@Validated
@ConfigurationProperties("pacs.precedence")
record PrecedenceProperties(
    @DefaultValue("50") @Min(1) int rate,
    @DefaultValue("10s") @NotNull @DurationMin(millis = 0) @DurationMax(minutes = 10)
        Duration longest) {}
