package org.regionalpacs.wado.delete;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Deleting by REST.
 *
 * @param enabled whether anybody who reaches the service may delete
 * @param clockTolerance how far the clocks of this host and of the nodes that receive may differ
 */
@Validated
@ConfigurationProperties("pacs.delete")
record DeleteProperties(
    @DefaultValue("false") boolean enabled,
    @DefaultValue("1s") @DurationMin(millis = 0) @DurationMax(minutes = 10)
        Duration clockTolerance) {}
