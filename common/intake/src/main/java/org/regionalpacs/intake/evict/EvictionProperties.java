package org.regionalpacs.intake.evict;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How a node evicts files and brings them back.
 *
 * @param readRate bytes a second that a task reads from the archive at most; zero = as fast as may
 *     be
 * @param tryAgain a pinned study that could not be brought back is tried again after so long
 */
@Validated
@ConfigurationProperties("pacs.eviction")
record EvictionProperties(
    @DefaultValue("50MB") @NotNull DataSize readRate,
    @DefaultValue("10m") @NotNull @DurationMin(seconds = 1) Duration tryAgain) {}
