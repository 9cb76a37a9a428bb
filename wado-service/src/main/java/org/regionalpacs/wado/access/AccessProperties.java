package org.regionalpacs.wado.access;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How reads of studies are recorded.
 *
 * @param accessFlush between two writes to the database
 * @param accessInterval a study that is read on and on is recorded once in so long
 */
@Validated
@ConfigurationProperties("pacs.eviction")
record AccessProperties(
    @DefaultValue("5s") @DurationMin(millis = 10) @DurationMax(minutes = 10) Duration accessFlush,
    @DefaultValue("5m") @DurationMin(millis = 0) @DurationMax(days = 1) Duration accessInterval) {}
