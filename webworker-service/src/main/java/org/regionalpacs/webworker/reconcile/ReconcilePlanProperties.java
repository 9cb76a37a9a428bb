package org.regionalpacs.webworker.reconcile;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When nodes compare their files.
 *
 * @param interval from one run of a node to the next; zero = only when asked
 * @param poll between two looks for nodes whose turn it is
 * @param awayAfter a node that has not been heard of for so long isn't asked
 * @param keep how long runs are remembered
 * @param archivePage objects whose archived copies are looked for in one go
 * @param archiveTurn the longest that this goes on in one go, but for the last of them: as long a
 *     transaction is open
 */
@Validated
@ConfigurationProperties("pacs.reconcile")
record ReconcilePlanProperties(
    @DefaultValue("24h") @NotNull @DurationMin Duration interval,
    @DefaultValue("30s") @NotNull @DurationMin(millis = 10) Duration poll,
    @DefaultValue("1h") @NotNull @DurationMin(seconds = 1) Duration awayAfter,
    @DefaultValue("90d") @NotNull @DurationMin(hours = 1) Duration keep,
    @DefaultValue("200") @Min(1) @Max(10000) int archivePage,
    @DefaultValue("20s") @NotNull @DurationMin(millis = 1) Duration archiveTurn) {}
