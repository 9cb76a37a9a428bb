package org.regionalpacs.intake;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What the intake tells Micrometer. */
final class IntakeMetrics {
  private final MeterRegistry registry;
  private final Map<Phase, Timer> phases = new EnumMap<>(Phase.class);

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
              .tag("phase", phase.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
  }

  /** Watches the bytes that wait for Kafka. */
  void outbox(Outbox outbox) {
    Gauge.builder("pacs.intake.outbox.bytes", outbox, Outbox::bytes)
        .description("Bytes of the files with messages that Kafka has not taken yet")
        .register(registry);
  }

  /** Watches the volume of the online store. */
  void freeSpace(FreeSpace space) {
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

  /** An object came to its end. */
  void count(String outcome) {
    registry.counter("pacs.intake.objects", "outcome", outcome).increment();
  }
}
