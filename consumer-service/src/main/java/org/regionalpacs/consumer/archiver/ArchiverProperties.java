package org.regionalpacs.consumer.archiver;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The archiver. See {@code consumer.yml} for further keys, which its listener reads.
 *
 * @param parallelCopies objects copied side by side
 */
@Validated
@ConfigurationProperties("pacs.archiver")
record ArchiverProperties(@DefaultValue("4") @Min(1) @Max(256) int parallelCopies) {}
