package org.regionalpacs.wado.store;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Bounds of storing.
 *
 * @param maxParts most objects in one request
 * @param maxConcurrent requests that store at the same time
 * @param maxWait how long further ones wait for their turn
 */
@Validated
@ConfigurationProperties("pacs.store")
record StoreProperties(
    @DefaultValue("50000") @Min(1) int maxParts,
    @DefaultValue("64") @Min(1) @Max(4096) int maxConcurrent,
    @DefaultValue("10s") @DurationMin(millis = 0) @DurationMax(minutes = 5) Duration maxWait) {}
