package org.regionalpacs.consumer;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How Kafka is asked for what waits.
 *
 * @param interval between two looks
 */
@Validated
@ConfigurationProperties("pacs.queue-lag")
record QueueLagProperties(
    @DefaultValue("15s") @NotNull @DurationMin(millis = 100) Duration interval) {}
