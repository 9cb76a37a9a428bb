package org.regionalpacs.wado.prefetch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.IntSupplier;

/** What was prefetched, and what was not. */
final class PrefetchMetrics {
  private final MeterRegistry meters;
  private final Counter dropped;
  private final Counter objects;
  private final Counter bytes;

  PrefetchMetrics(MeterRegistry meters) {
    this.meters = meters;
    this.dropped = meters.counter("pacs.prefetch.dropped");
    this.objects = meters.counter("pacs.prefetch.objects");
    this.bytes = meters.counter("pacs.prefetch.bytes");
  }

  /** Tells how many studies wait. */
  void waiting(IntSupplier studies) {
    // Held by the meter: one that is given as an object would be collected.
    Gauge.builder("pacs.prefetch.waiting", studies::getAsInt).register(meters);
  }

  /** A study for which there was no room. */
  void dropped() {
    dropped.increment();
  }

  /**
   * A study was left.
   *
   * @param outcome {@code done}, {@code failed}, or {@code forgotten}: it was deleted
   */
  void left(String outcome) {
    meters.counter("pacs.prefetch.studies", "outcome", outcome).increment();
  }

  /** An archived object is near now. */
  void brought(long size) {
    objects.increment();
    bytes.increment(size);
  }
}
