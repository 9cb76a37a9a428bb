package org.regionalpacs.webworker.eviction;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Which studies leave the online stores, and which come back.
 *
 * @param enabled whether anything is evicted
 * @param poll between two looks
 * @param low free space of a node's volume below which its least used studies are evicted...
 * @param target ...until so much is free
 * @param maxAge studies that were used so long ago are evicted whatever is free; zero = never
 * @param minAge studies that were used since then are not
 * @param batch studies in one task of a node
 * @param retry a study of which something stayed is tried again after so long
 * @param bringBack whether evicted studies that are read come back while there is room
 * @param awayAfter a node that has not been heard of for so long isn't asked
 */
@Validated
@ConfigurationProperties("pacs.eviction")
record EvictionPlanProperties(
    @DefaultValue("true") boolean enabled,
    @DefaultValue("30s") @NotNull @DurationMin(millis = 10) Duration poll,
    @DefaultValue("10%") @NotNull FreeMark low,
    @DefaultValue("15%") @NotNull FreeMark target,
    @DefaultValue("0s") @NotNull @DurationMin Duration maxAge,
    @DefaultValue("7d") @NotNull @DurationMin Duration minAge,
    @DefaultValue("20") @Min(1) @Max(1000) int batch,
    @DefaultValue("1d") @NotNull @DurationMin Duration retry,
    @DefaultValue("true") boolean bringBack,
    @DefaultValue("5m") @NotNull @DurationMin(seconds = 1) Duration awayAfter) {}
