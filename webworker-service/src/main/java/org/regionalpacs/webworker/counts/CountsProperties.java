package org.regionalpacs.webworker.counts;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How counts are kept.
 *
 * @param interval between two looks for series that changed
 * @param batch series counted in one transaction
 */
@Validated
@ConfigurationProperties("pacs.counts")
public record CountsProperties(
    @DefaultValue("250ms") @NotNull Duration interval, @DefaultValue("200") @Min(1) int batch) {}
