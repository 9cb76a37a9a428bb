package org.regionalpacs.storage.cached;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.regionalpacs.storage.cached.CacheKey.Kind;

/**
 * What is counted, by kind: {@code pacs.cache.reads} by outcome (memory, hit, miss, garbage, away),
 * {@code pacs.cache.writes} by outcome (kept, deleted, failed, away), {@code pacs.cache.bytes} by
 * direction; and {@code pacs.cache.up}, {@code pacs.cache.heap}, {@code pacs.cache.memory}.
 */
final class CacheMetrics {
  private final MeterRegistry meters;
  private final Map<Kind, String> kinds = new EnumMap<>(Kind.class);

  /** How a read ended. */
  enum Read {
    MEMORY,
    HIT,
    MISS,
    GARBAGE,
    AWAY
  }

  /** How a write ended. */
  enum Write {
    KEPT,
    DELETED,
    FAILED,
    AWAY
  }

  CacheMetrics(MeterRegistry meters, HeapBudget heap, Optional<NearCache> near) {
    this.meters = meters;
    for (Kind kind : Kind.values()) {
      kinds.put(kind, kind.text());
    }
    near.ifPresent(kept ->
        Gauge.builder("pacs.cache.memory", kept, NearCache::bytes)
            .description("Bytes of values that are kept in the heap")
            .baseUnit("bytes")
            .register(meters));
    Gauge.builder("pacs.cache.heap", heap, HeapBudget::held)
        .description("Bytes of cached values that readers hold in the heap")
        .baseUnit("bytes")
        .register(meters);
  }

  void watch(RedisLink link) {
    // Who asks has it looked for.
    Gauge.builder("pacs.cache.up", link, up -> up.commands().isPresent() ? 1 : 0)
        .description("Whether Redis is used")
        .register(meters);
  }

  void read(Kind kind, Read outcome) {
    meters
        .counter("pacs.cache.reads", "kind", kinds.get(kind), "outcome", text(outcome))
        .increment();
  }

  void written(Kind kind, Write outcome) {
    meters
        .counter("pacs.cache.writes", "kind", kinds.get(kind), "outcome", text(outcome))
        .increment();
  }

  void moved(Kind kind, String direction, int bytes) {
    meters
        .counter("pacs.cache.bytes", "kind", kinds.get(kind), "direction", direction)
        .increment(bytes);
  }

  private static String text(Enum<?> outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }
}
