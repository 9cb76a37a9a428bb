package org.regionalpacs.wado.store;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Bounds of storing. What goes beyond them is answered with 413.
 *
 * @param maxParts most parts, and most objects, in one request
 * @param maxPart longest object, or part of bulk data
 * @param maxMetadata longest part of JSON or XML
 * @param maxDataSet longest JSON or XML of one object: it is read into memory, bulk data isn't
 * @param maxAssembled objects whose JSON or XML is in memory at the same time, of all requests
 * @param maxConcurrent requests that store at the same time
 * @param maxWait how long further ones wait for their turn
 */
@Validated
@ConfigurationProperties("pacs.store")
record StoreProperties(
    @DefaultValue("50000") @Min(1) int maxParts,
    @DefaultValue("64GB") @NotNull DataSize maxPart,
    @DefaultValue("1GB") @NotNull DataSize maxMetadata,
    @DefaultValue("16MB") @NotNull DataSize maxDataSet,
    @DefaultValue("2") @Min(1) @Max(1024) int maxAssembled,
    @DefaultValue("64") @Min(1) @Max(4096) int maxConcurrent,
    @DefaultValue("10s") @DurationMin(millis = 0) @DurationMax(minutes = 5) Duration maxWait) {}
