package org.regionalpacs.wado.query;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.time.ZoneId;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Bounds of searches.
 *
 * @param defaultLimit results of a request that names no limit
 * @param maxLimit most results of a request; who wants more asks again with an offset
 * @param timeout when the database gives a search up
 * @param timezone of dates and times in objects that don't say theirs
 */
@Validated
@ConfigurationProperties("pacs.query")
record QueryProperties(
    @DefaultValue("1000") @Min(1) @Max(10_000) int defaultLimit,
    @DefaultValue("10000") @Min(1) @Max(100_000) int maxLimit,
    @DefaultValue("10s") @NotNull Duration timeout,
    @DefaultValue("UTC") @NotNull ZoneId timezone) {}
