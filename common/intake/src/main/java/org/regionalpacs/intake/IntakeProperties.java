package org.regionalpacs.intake;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How objects are taken in.
 *
 * @param sync how bytes are made durable
 * @param publishTimeout how long one message may wait for Kafka's acknowledgement, retries included
 * @param outbox whether a message that Kafka does not acknowledge goes to a file under {@code
 *     ROOT/.outbox}, from where it is replayed; without it the object is refused
 * @param minFree free-space mark of the online store's volume: what would bring it below is refused
 * @param maxOutbox size of the outbox from which on nothing is accepted
 */
@Validated
@ConfigurationProperties("pacs.intake")
public record IntakeProperties(
    @DefaultValue("fsync") @NotNull Sync sync,
    @DefaultValue("10s") @DurationMin(millis = 500) @DurationMax(minutes = 5)
        Duration publishTimeout,
    @DefaultValue("true") boolean outbox,
    @DefaultValue("512MB") @NotNull DataSize minFree,
    @DefaultValue("1TB") @NotNull DataSize maxOutbox) {}
