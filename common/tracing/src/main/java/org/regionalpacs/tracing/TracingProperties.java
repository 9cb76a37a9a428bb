package org.regionalpacs.tracing;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who is told of the ways of images.
 *
 * @param endpoint of OTLP over HTTP, such as {@code http://collector:4318/v1/traces}; empty: nobody
 * @param probability share of the images that are followed, from 0 to 1
 */
@Validated
@ConfigurationProperties("pacs.tracing")
record TracingProperties(
    @DefaultValue("") @NotNull @Pattern(regexp = "|https?://.+") String endpoint,
    @DefaultValue("0.01") @DecimalMin("0") @DecimalMax("1") double probability) {}
