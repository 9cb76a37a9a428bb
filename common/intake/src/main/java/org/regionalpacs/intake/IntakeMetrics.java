package org.regionalpacs.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.regionalpacs.intake.IntakeException.Reason;

/** What the intake tells Micrometer. */
final class IntakeMetrics {
  private static final String OBJECTS = "pacs.intake.objects";

  private final MeterRegistry registry;
  private final Map<Phase, Timer> phases = new EnumMap<>(Phase.class);
  private final Counter accepted;
  private final Counter duplicate;
  private final Counter bytes;

  /** The stretches of time a reception consists of. */
  enum Phase {
    /** From the sender to the file. */
    WRITE,
    /** Flush of the file. */
    SYNC,
    /** The file gets its name. */
    PLACE,
    /** Until Kafka, or the outbox, has the message. */
    PUBLISH
  }

  IntakeMetrics(MeterRegistry registry) {
    this.registry = registry;
    for (Phase phase : Phase.values()) {
      phases.put(
          phase,
          Timer.builder("pacs.intake.phase")
              .description("Time an accepted object spent in a phase of its reception")
              .tag("phase", text(phase))
              .register(registry));
    }
    // From the start: who watches how they grow misses the first one of a counter that begins with
    // it.
    this.accepted = objects("accepted", "none");
    this.duplicate = objects("duplicate", "none");
    objects("broken", "sender");
    for (Reason reason : Reason.values()) {
      objects("refused", text(reason));
    }
    this.bytes =
        Counter.builder("pacs.intake.received")
            .description("Bytes of the files of accepted objects, without duplicates")
            .baseUnit("bytes")
            .register(registry);
  }

  /** Watches the bytes that wait for Kafka. */
  void outbox(Outbox outbox) {
    Gauge.builder("pacs.intake.outbox.bytes", outbox, Outbox::refusedBytes)
        .description("Bytes of the files with messages that Kafka did not take")
        .register(registry);
  }

  /**
   * Watches the volume of the online store.
   *
   * @param mark bytes that stay free
   */
  void volume(Path root, FreeSpace space, long mark) {
    Gauge.builder("pacs.online.size.bytes", root, path -> path.toFile().getTotalSpace())
        .description("Bytes of the online store's volume, used and free")
        .strongReference(true)
        .register(registry);
    Gauge.builder("pacs.online.mark.bytes", () -> mark)
        .description("Free bytes below which nothing is accepted")
        .register(registry);
    Gauge.builder("pacs.online.free.bytes", space, FreeSpace::bytes)
        .description("Usable bytes of the online store's volume")
        .strongReference(true)
        .register(registry);
    Gauge.builder("pacs.online.claimed.bytes", space, FreeSpace::claimed)
        .description("Bytes that objects under way will still write")
        .strongReference(true)
        .register(registry);
  }

  /** A phase that took from {@link System#nanoTime} to now. */
  void took(Phase phase, long since) {
    phases.get(phase).record(Duration.ofNanos(System.nanoTime() - since));
  }

  /** An object was accepted, or was here before. */
  void accepted(Received received) {
    if (received.duplicate()) {
      duplicate.increment();
      return;
    }
    accepted.increment();
    bytes.increment(received.message().fileSize());
  }

  /** An object was refused. */
  void refused(Reason reason) {
    objects("refused", text(reason)).increment();
  }

  /** An object's sender broke off. */
  void broken() {
    objects("broken", "sender").increment();
  }

  private Counter objects(String outcome, String cause) {
    return Counter.builder(OBJECTS)
        .description("Objects that senders began to send, by how that ended")
        .tags("outcome", outcome, "cause", cause)
        .register(registry);
  }

  private static String text(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
