package org.regionalpacs.consumer;

import java.time.Instant;
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
  private final ParkedRecords parked;
  private final FailureMetrics metrics;
  private final StepTraces traces;

  StepRunner(
      DeadLetters deadLetters, ParkedRecords parked, FailureMetrics metrics, StepTraces traces) {
    this.deadLetters = deadLetters;
    this.parked = parked;
    this.metrics = metrics;
    this.traces = traces;
  }

  /** Processes a delivery. */
  public void run(Step step, List<ConsumerRecord<String, byte[]>> delivery) {
    List<StorageRecord> batch = new ArrayList<>(delivery.size());
    List<DeadLetter> unreadable = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> record : delivery) {
      if (!Replays.concerns(record, step.group())) {
        continue;
      }
      try {
        batch.add(step.read(record));
      } catch (UnusableRecordException e) {
        unreadable.add(new DeadLetter(record, e.getMessage()));
      }
    }
    try {
      StepResult result = new StepResult(unreadable, List.of()).and(process(step, batch));
      // Last, so that a batch that comes again doesn't leave the same dead letter many times.
      parked.park(step.group(), result.later());
      deadLetters.publish(step.group(), result.unusable());
    } catch (Exception e) {
      metrics.retry(step.group(), e);
      LOG.warn(
          "{} can't process {} records now and tries again: {}",
          step.group(),
          delivery.size(),
          Causes.of(e));
      throw new StepFailedException(step.group(), e);
    }
  }

  /**
   * Processes records that were put off before. What can never be processed is a dead letter then.
   *
   * @return those that have to be put off again
   * @throws Exception in an outage
   */
  List<Postponed> again(Step step, List<StorageRecord> records) throws Exception {
    StepResult result = process(step, records);
    deadLetters.publish(step.group(), result.unusable());
    return result.later();
  }

  /** Ends records that were put off too long. */
  void giveUp(Step step, List<DeadLetter> records) {
    deadLetters.publish(step.group(), records);
  }

  private StepResult process(Step step, List<StorageRecord> batch) throws Exception {
    if (batch.isEmpty()) {
      return StepResult.DONE;
    }
    Instant start = Instant.now();
    StepResult result = Isolation.process(step, batch);
    traces.told(step, batch, result, start);
    return result;
  }

  /** A batch has to come again. */
  static final class StepFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StepFailedException(String group, Throwable cause) {
      super(group, cause);
    }
  }
}
