package org.regionalpacs.metadata;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How metadata documents are built.
 *
 * @param maxBuilds documents built at the same time in this process
 * @param parallelReads headers read at the same time for one document
 * @param buildWait how long a reader waits for its turn to build
 * @param retryIncomplete a document some of whose files could not be reached is built anew for a
 *     reader when it is older than this
 */
@Validated
@ConfigurationProperties("pacs.metadata")
public record MetadataProperties(
    @DefaultValue("4") @Min(1) int maxBuilds,
    @DefaultValue("4") @Min(1) int parallelReads,
    @DefaultValue("30s") @NotNull Duration buildWait,
    @DefaultValue("30s") @NotNull Duration retryIncomplete) {}
