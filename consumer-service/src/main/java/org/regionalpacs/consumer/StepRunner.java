package org.regionalpacs.consumer;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Runs a {@link Step} on what Kafka delivers. When this returns, the offsets may be committed; when
 * it throws, the listener's error handler delivers the batch again, and again, with growing pauses
 * and before anything that comes behind it.
 */
@Component
public class StepRunner {
  private static final Logger LOG = LoggerFactory.getLogger(StepRunner.class);

  private final DeadLetters deadLetters;

  StepRunner(DeadLetters deadLetters) {
    this.deadLetters = deadLetters;
  }

  /** Processes a delivery. */
  public void run(Step step, List<ConsumerRecord<String, byte[]>> delivery) {
    List<StorageRecord> batch = new ArrayList<>(delivery.size());
    List<DeadLetter> unusable = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> record : delivery) {
      try {
        batch.add(StorageMessages.read(record));
      } catch (UnusableRecordException e) {
        unusable.add(new DeadLetter(record, e.getMessage()));
      }
    }
    try {
      if (!batch.isEmpty()) {
        unusable.addAll(step.process(batch));
      }
      // Last, so that a batch that comes again doesn't leave the same dead letter many times.
      deadLetters.publish(step.group(), unusable);
    } catch (Exception e) {
      LOG.warn(
          "{} can't process {} records now and tries again: {}",
          step.group(),
          delivery.size(),
          rootCause(e).toString());
      throw new StepFailedException(step.group(), e);
    }
  }

  private static Throwable rootCause(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** A batch has to come again. */
  static final class StepFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StepFailedException(String group, Throwable cause) {
      super(group, cause);
    }
  }
}
