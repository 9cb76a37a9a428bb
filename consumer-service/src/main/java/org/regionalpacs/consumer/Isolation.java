package org.regionalpacs.consumer;

import java.util.List;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * Finds the records that spoil a batch by halving it: one among 500 costs 18 smaller batches, and
 * the others are processed.
 */
public final class Isolation {
  private Isolation() {}

  /**
   * Processes a batch.
   *
   * @return what is left undone
   * @throws Exception in an outage: the whole batch has to come again
   */
  public static StepResult process(Step step, List<StorageRecord> batch) throws Exception {
    try {
      return step.process(batch);
    } catch (Exception e) {
      if (Outage.is(e)) {
        throw e;
      }
      if (batch.size() == 1) {
        return leftUndone(batch.getFirst(), e);
      }
    }
    int half = batch.size() / 2;
    StepResult first = process(step, batch.subList(0, half));
    return first.and(process(step, batch.subList(half, batch.size())));
  }

  private static StepResult leftUndone(StorageRecord record, Exception failure) {
    return failure instanceof DataIntegrityViolationException
        ? new StepResult(
            List.of(
                new DeadLetter(record.record(), "the database refuses it: " + Causes.of(failure))),
            List.of())
        : new StepResult(List.of(), List.of(Postponed.of(record, failure)));
  }
}
