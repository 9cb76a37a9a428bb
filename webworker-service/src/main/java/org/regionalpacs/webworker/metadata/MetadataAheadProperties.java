package org.regionalpacs.webworker.metadata;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How metadata documents are made ahead.
 *
 * @param quiet how long a series must not have changed
 * @param poll between two looks for such series
 * @param workers series worked on at the same time
 * @param lease how long after a crash of this worker others take up its series
 * @param retry wait after a first failure; doubled with each further one
 * @param retryMax longest wait
 * @param keepOld how long a document is kept after another took its place
 * @param housekeeping between two removals of such documents
 */
@Validated
@ConfigurationProperties("pacs.metadata")
public record MetadataAheadProperties(
    @DefaultValue("3s") @NotNull Duration quiet,
    @DefaultValue("500ms") @NotNull Duration poll,
    @DefaultValue("2") @Min(1) int workers,
    @DefaultValue("30s") @NotNull Duration lease,
    @DefaultValue("5s") @NotNull Duration retry,
    @DefaultValue("10m") @NotNull Duration retryMax,
    @DefaultValue("1h") @NotNull Duration keepOld,
    @DefaultValue("10s") @NotNull Duration housekeeping) {}
