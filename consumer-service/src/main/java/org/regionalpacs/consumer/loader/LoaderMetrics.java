package org.regionalpacs.consumer.loader;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.regionalpacs.consumer.FailureMetrics;
import org.regionalpacs.warehouse.Warehouse.Loaded;
import org.regionalpacs.warehouse.WarehouseTable;

/** How much is loaded, how long after it was told, and how much waits. */
final class LoaderMetrics {
  private final MeterRegistry meters;
  private final FailureMetrics failures;

  LoaderMetrics(MeterRegistry meters, FailureMetrics failures) {
    this.meters = meters;
    this.failures = failures;
  }

  /** Records on the topics that aren't loaded, as far as this process reads them. */
  void waiting(Supplier<Number> records) {
    Gauge.builder("pacs.loader.waiting", records)
        .description("Messages of this process' partitions that aren't in the warehouse")
        .register(meters);
  }

  void loaded(WarehouseTable table, Loaded how, List<ConsumerRecord<String, byte[]>> records) {
    batch(table, how.name().toLowerCase(Locale.ROOT));
    if (how == Loaded.BEFORE) {
      return;
    }
    meters.counter("pacs.loader.rows", "table", table.table()).increment(records.size());
    Timer delay =
        Timer.builder("pacs.loader.delay")
            .description("From the message to its row in the warehouse")
            .tag("table", table.table())
            .publishPercentiles(0.5, 0.95, 0.99)
            .register(meters);
    long now = System.currentTimeMillis();
    // The producing host's clock may be ahead of ours.
    records.forEach(
        record -> delay.record(Math.max(0, now - record.timestamp()), TimeUnit.MILLISECONDS));
  }

  void refused(WarehouseTable table) {
    batch(table, "refused");
  }

  void unavailable(WarehouseTable table) {
    batch(table, "unavailable");
  }

  /** A load failed and will be tried again. */
  void again(Throwable failure) {
    failures.retry(Loader.GROUP, failure);
  }

  private void batch(WarehouseTable table, String outcome) {
    meters.counter("pacs.loader.batches", "table", table.table(), "outcome", outcome).increment();
  }
}
