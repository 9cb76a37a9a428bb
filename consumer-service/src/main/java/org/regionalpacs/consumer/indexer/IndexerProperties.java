package org.regionalpacs.consumer.indexer;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The indexer. See {@code consumer.yml} for further keys, which its listener reads.
 *
 * @param parallelReads headers read from files side by side
 */
@Validated
@ConfigurationProperties("pacs.indexer")
record IndexerProperties(@DefaultValue("16") @Min(1) @Max(1024) int parallelReads) {}
