package org.regionalpacs.intake;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.ConstructorBinding;
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
 * @param outboxFirst whether every message goes to the outbox, and from there to Kafka in batches:
 *     the sender waits for the flush of a file that all associations share, not for Kafka
 */
@Validated
@ConfigurationProperties("pacs.intake")
public record IntakeProperties(
    @DefaultValue("fsync") @NotNull Sync sync,
    @DefaultValue("10s") @DurationMin(millis = 500) @DurationMax(minutes = 5)
        Duration publishTimeout,
    @DefaultValue("true") boolean outbox,
    @DefaultValue("512MB") @NotNull DataSize minFree,
    @DefaultValue("1TB") @NotNull DataSize maxOutbox,
    @DefaultValue("false") boolean outboxFirst) {

  @ConstructorBinding
  public IntakeProperties {
    if (outboxFirst && !outbox) {
      throw new IllegalArgumentException(
          "pacs.intake.outbox-first needs the outbox: leave pacs.intake.outbox on");
    }
  }

  /** With messages that go to Kafka at once. */
  public IntakeProperties(
      Sync sync, Duration publishTimeout, boolean outbox, DataSize minFree, DataSize maxOutbox) {
    this(sync, publishTimeout, outbox, minFree, maxOutbox, false);
  }
}
