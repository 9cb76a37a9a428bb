package org.regionalpacs.consumer.indexer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.regionalpacs.consumer.Delays;
import org.regionalpacs.index.ConflictKind;
import org.regionalpacs.index.IndexResult;
import org.springframework.stereotype.Component;

/** How much is indexed, and how long after its reception. */
@Component
class IndexerMetrics {
  private final Counter indexed;
  private final Timer delay;
  private final Map<ConflictKind, Counter> conflicts = new EnumMap<>(ConflictKind.class);

  IndexerMetrics(MeterRegistry meters) {
    indexed =
        Counter.builder("pacs.indexed.instances")
            .description("Instances that are new in the index, or got a new version")
            .register(meters);
    delay =
        Delays.timer(
                "pacs.indexed.delay", "From the last byte of an object to its being searchable")
            .register(meters);
    for (ConflictKind kind : ConflictKind.values()) {
      conflicts.put(
          kind,
          Counter.builder("pacs.conflicts")
              .description("Objects that disagree with the index, see ./pacs conflicts")
              .tag("kind", kind.id())
              .register(meters));
    }
  }

  void indexed(IndexResult result) {
    Instant now = Instant.now();
    indexed.increment(result.changed().size());
    result.conflicts().forEach((kind, objects) -> conflicts.get(kind).increment(objects));
    result
        .changed()
        .forEach(instance -> delay.record(Delays.between(instance.object().received(), now)));
  }
}
