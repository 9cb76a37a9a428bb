package org.regionalpacs.wado.retrieve;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Bounds of retrieving.
 *
 * @param cachedFrames frames whose place in their file is remembered, over all instances; each
 *     takes about 16 bytes
 * @param frameIndexMemory bytes of the heap for frame indexes of series; 0 keeps none
 * @param contentCoding by what uncompressed frames and bulk data are made smaller on their way
 */
@Validated
@ConfigurationProperties("pacs.retrieve")
record RetrieveProperties(
    @DefaultValue("2000000") @Min(0) long cachedFrames,
    @DefaultValue("64MB") @NotNull DataSize frameIndexMemory,
    @DefaultValue("auto") @NotNull CodingChoice contentCoding) {}
