package org.regionalpacs.webworker.certificates;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Certificates whose end is told, and that are used for nothing else.
 *
 * @param watched PEM files; each may have a chain
 * @param interval between two looks at the files
 */
@Validated
@ConfigurationProperties("pacs.certificates")
record CertificatesProperties(
    @DefaultValue @NotNull List<Path> watched,
    @DefaultValue("1m") @NotNull @DurationMin(millis = 10) @DurationMax(days = 1)
        Duration interval) {}
