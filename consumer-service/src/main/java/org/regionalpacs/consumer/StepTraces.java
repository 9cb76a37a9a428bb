package org.regionalpacs.consumer;

import java.time.Instant;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.regionalpacs.messages.ImageFields;
import org.regionalpacs.tracing.ImageTraces;
import org.regionalpacs.tracing.Stretch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Tells of the stretches of images' ways that are steps here, named by their consumer groups: from
 * the beginning of the batch that an image was in to its end. What can't be processed, now or ever,
 * is a failure.
 */
@Component
class StepTraces {
  private static final Logger LOG = LoggerFactory.getLogger(StepTraces.class);

  private final ImageTraces traces;

  StepTraces(ImageTraces traces) {
    this.traces = traces;
  }

  /** Tells of a batch that was processed. It was, whatever comes of this. */
  void told(Step step, List<StorageRecord> batch, StepResult result, Instant start) {
    try {
      tell(step, batch, result, start);
    } catch (RuntimeException e) {
      LOG.debug("Nobody is told of {} records of {}", batch.size(), step.group(), e);
    }
  }

  private void tell(Step step, List<StorageRecord> batch, StepResult result, Instant start) {
    List<StorageRecord> followed =
        batch.stream().filter(record -> traces.follows(record.message().receptionId())).toList();
    if (followed.isEmpty()) {
      return;
    }
    Instant end = Instant.now();
    Map<ConsumerRecord<String, byte[]>, String> causes = new IdentityHashMap<>();
    result.unusable().forEach(letter -> causes.put(letter.record(), letter.cause()));
    result.later().forEach(later -> causes.put(later.record().record(), later.cause()));
    for (StorageRecord record : followed) {
      traces.went(
          new Stretch(
              record.message().receptionId(),
              step.group(),
              start,
              end,
              attributes(record, batch.size()),
              Optional.ofNullable(causes.get(record.record()))));
    }
  }

  private static Map<String, String> attributes(StorageRecord record, int batch) {
    Map<String, String> attributes = new HashMap<>(ImageFields.attributes(record.message()));
    attributes.put("topic", record.record().topic());
    attributes.put("partition", Integer.toString(record.record().partition()));
    attributes.put("offset", Long.toString(record.record().offset()));
    attributes.put("batch", Integer.toString(batch));
    return attributes;
  }
}
