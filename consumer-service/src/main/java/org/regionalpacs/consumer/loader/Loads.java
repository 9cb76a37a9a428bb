package org.regionalpacs.consumer.loader;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.regionalpacs.consumer.Causes;
import org.regionalpacs.consumer.DeadLetters;
import org.regionalpacs.consumer.RetryProperties;
import org.regionalpacs.warehouse.Warehouse;
import org.regionalpacs.warehouse.WarehouseUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads ranges beside the threads that read the topics, a bounded number at a time, and each until
 * it is loaded, for ever, with growing pauses.
 */
final class Loads {
  private static final Logger LOG = LoggerFactory.getLogger(Loads.class);

  private final Map<String, RowReader> readers;
  private final Warehouse warehouse;
  private final DeadLetters deadLetters;
  private final RetryProperties retry;
  private final LoaderMetrics metrics;
  private final WarehouseTrouble trouble;
  private final Semaphore permits;

  /**
   * @param readers by topic
   * @param parallel loads at a time
   */
  Loads(
      Map<String, RowReader> readers,
      Warehouse warehouse,
      DeadLetters deadLetters,
      RetryProperties retry,
      LoaderMetrics metrics,
      WarehouseTrouble trouble,
      int parallel) {
    this.readers = readers;
    this.warehouse = warehouse;
    this.deadLetters = deadLetters;
    this.retry = retry;
    this.metrics = metrics;
    this.trouble = trouble;
    this.permits = new Semaphore(parallel, true);
  }

  /** A load under way. */
  static final class UnderWay {
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final CountDownLatch left = new CountDownLatch(1);

    /** Done when all of it is settled; never when it was left. */
    CompletableFuture<Outcome> outcome() {
      return outcome;
    }

    private boolean isLeft() {
      return left.getCount() == 0;
    }

    /** Nobody waits for it any longer: it isn't tried again. */
    void leave() {
      left.countDown();
    }
  }

  /**
   * Starts to load a range.
   *
   * @param cluster id of the Kafka cluster
   */
  UnderWay start(Range range, String cluster) {
    Loading loading =
        new Loading(
            range,
            readers.get(range.partition().topic()),
            range.label(cluster),
            warehouse,
            deadLetters,
            metrics);
    UnderWay underWay = new UnderWay();
    Thread.ofVirtual()
        .name("load-" + range.partition())
        .start(() -> {
          try {
            load(range, loading, underWay);
          } catch (Throwable e) {
            underWay.outcome.completeExceptionally(e);
          }
        });
    return underWay;
  }

  private void load(Range range, Loading loading, UnderWay underWay) throws InterruptedException {
    for (int failures = 1; !underWay.isLeft(); failures++) {
      permits.acquire();
      try {
        if (underWay.isLeft()) {
          break;
        }
        underWay.outcome.complete(loading.attempt());
        trouble.healed(range.partition());
        return;
      } catch (WarehouseUnavailableException e) {
        metrics.again(e);
        trouble.failed(range.partition(), e.getMessage());
      } catch (RuntimeException e) {
        metrics.again(e);
        if (failures == 1 && !underWay.isLeft()) {
          LOG.error("Load failed and will be tried again: {}", range.partition(), e);
        }
        trouble.failed(range.partition(), Causes.of(e));
      } finally {
        permits.release();
      }
      Duration pause = retry.after(failures);
      underWay.left.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    }
    trouble.left(range.partition());
  }
}
