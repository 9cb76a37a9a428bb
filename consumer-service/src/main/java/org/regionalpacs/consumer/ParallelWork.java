package org.regionalpacs.consumer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * Does the same for many records side by side, a bounded number at a time, one virtual thread a
 * record.
 */
public final class ParallelWork {
  private final Semaphore permits;

  /**
   * @param bound how many at a time, over all batches
   */
  public ParallelWork(int bound) {
    this.permits = new Semaphore(bound);
  }

  /** What is done for one record. */
  @FunctionalInterface
  public interface Work<T> {
    /**
     * @throws UnusableRecordException when it can never be done
     * @throws Exception when it may be done later: an {@link Outage} later for all, anything else
     *     for this record
     */
    T apply(StorageRecord record) throws Exception;
  }

  /**
   * What came of a batch.
   *
   * @param done results in the order of the records
   * @param leftUndone the others
   */
  public record Results<T>(List<T> done, StepResult leftUndone) {}

  /**
   * Works on all records and waits for all.
   *
   * @throws Exception in an outage; work on the other records has ended then
   */
  public <T> Results<T> map(List<StorageRecord> records, Work<T> work) throws Exception {
    List<Future<T>> running = new ArrayList<>(records.size());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (StorageRecord record : records) {
        permits.acquire();
        running.add(
            threads.submit(() -> {
              try {
                return work.apply(record);
              } finally {
                permits.release();
              }
            }));
      }
    }
    return collect(records, running);
  }

  private static <T> Results<T> collect(List<StorageRecord> records, List<Future<T>> ended)
      throws Exception {
    List<T> done = new ArrayList<>(records.size());
    List<DeadLetter> unusable = new ArrayList<>();
    List<Postponed> later = new ArrayList<>();
    Optional<Exception> outage = Optional.empty();
    for (int i = 0; i < ended.size(); i++) {
      try {
        done.add(ended.get(i).get());
      } catch (ExecutionException e) {
        switch (e.getCause()) {
          case UnusableRecordException never ->
              unusable.add(new DeadLetter(records.get(i).record(), never.getMessage()));
          case Exception failure when Outage.is(failure) ->
              outage = outage.or(() -> Optional.of(failure));
          case Throwable failure -> later.add(Postponed.of(records.get(i), failure));
        }
      }
    }
    if (outage.isPresent()) {
      throw outage.get();
    }
    return new Results<>(done, new StepResult(unusable, later));
  }
}
