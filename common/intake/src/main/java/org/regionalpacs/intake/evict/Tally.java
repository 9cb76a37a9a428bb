package org.regionalpacs.intake.evict;

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

  void moved(int count, long size) {
    objects += count;
    bytes += size;
    meters.counter("pacs.eviction.objects", "direction", direction).increment(count);
    meters.counter("pacs.eviction.bytes", "direction", direction).increment(size);
  }

  void refused(Refusal reason) {
    refused.merge(reason.id(), 1L, Long::sum);
    meters
        .counter("pacs.eviction.refusals", "direction", direction, "reason", reason.id())
        .increment();
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
