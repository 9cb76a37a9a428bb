package org.regionalpacs.intake.evict;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.TreeMap;

/** What a task has done so far. Of one thread. */
final class Tally {
  private final MeterRegistry meters;
  private final String direction;
  private final Map<String, Long> refused = new TreeMap<>();
  private long objects;
  private long bytes;

  /**
   * @param direction {@code out} or {@code in}
   */
  Tally(MeterRegistry meters, String direction) {
    this.meters = meters;
    this.direction = direction;
  }

  /**
   * Makes the counters of refusals before there is one: who watches how they grow misses the first
   * one of a counter that begins with it.
   *
   * @param direction {@code out} or {@code in}
   */
  static void announce(MeterRegistry meters, String direction) {
    for (Refusal reason : Refusal.values()) {
      refusals(meters, direction, reason);
    }
  }

  private static Counter refusals(MeterRegistry meters, String direction, Refusal reason) {
    return meters.counter("pacs.eviction.refusals", "direction", direction, "reason", reason.id());
  }

  void moved(int count, long size) {
    objects += count;
    bytes += size;
    meters.counter("pacs.eviction.objects", "direction", direction).increment(count);
    meters.counter("pacs.eviction.bytes", "direction", direction).increment(size);
  }

  void refused(Refusal reason) {
    refused.merge(reason.id(), 1L, Long::sum);
    refusals(meters, direction, reason).increment();
  }

  long objects() {
    return objects;
  }

  long bytes() {
    return bytes;
  }

  Map<String, Long> refused() {
    return Map.copyOf(refused);
  }
}
