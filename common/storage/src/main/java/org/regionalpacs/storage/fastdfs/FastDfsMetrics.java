package org.regionalpacs.storage.fastdfs;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.util.List;
import org.regionalpacs.storage.BlobCorruptException;
import org.regionalpacs.storage.BlobMissingException;
import org.regionalpacs.storage.BlobStoreFullException;
import org.regionalpacs.storage.BlobStoreUnreachableException;

/**
 * What is counted: {@code pacs.fastdfs.operations} by operation and outcome, {@code
 * pacs.fastdfs.retries}, {@code pacs.fastdfs.bytes} by direction, {@code pacs.fastdfs.wrong.ids}
 * and {@code pacs.fastdfs.possible.orphans}. What alarms watch is there from the start: who watches
 * how a counter grows misses the first one of a counter that begins with it.
 */
final class FastDfsMetrics {
  private static final List<String> OPERATIONS = List.of("put", "get", "stat", "delete");
  private static final List<String> WATCHED = List.of("unreachable", "full", "corrupt");

  private final MeterRegistry meters;

  FastDfsMetrics(MeterRegistry meters) {
    this.meters = meters;
    meters.counter("pacs.fastdfs.wrong.ids");
    meters.counter("pacs.fastdfs.possible.orphans");
    OPERATIONS.forEach(operation -> WATCHED.forEach(outcome -> timer(operation, outcome)));
  }

  /** What is timed. */
  interface Operation<T> {
    T run() throws IOException;
  }

  /** Times an operation by its outcome. */
  <T> T timed(String operation, Operation<T> work) throws IOException {
    Timer.Sample sample = Timer.start(meters);
    String outcome = "failed";
    try {
      T result = work.run();
      outcome = "done";
      return result;
    } catch (IOException e) {
      outcome = outcome(e);
      throw e;
    } finally {
      sample.stop(timer(operation, outcome));
    }
  }

  private Timer timer(String operation, String outcome) {
    return meters.timer("pacs.fastdfs.operations", "operation", operation, "outcome", outcome);
  }

  private static String outcome(IOException failure) {
    return switch (failure) {
      case BlobMissingException _ -> "missing";
      case BlobStoreUnreachableException _ -> "unreachable";
      case BlobStoreFullException _ -> "full";
      case BlobCorruptException _ -> "corrupt";
      default -> "failed";
    };
  }

  void retried(String operation) {
    meters.counter("pacs.fastdfs.retries", "operation", operation).increment();
  }

  void moved(String direction, long bytes) {
    meters.counter("pacs.fastdfs.bytes", "direction", direction).increment(bytes);
  }

  void wrongId() {
    meters.counter("pacs.fastdfs.wrong.ids").increment();
  }

  void possibleOrphan() {
    meters.counter("pacs.fastdfs.possible.orphans").increment();
  }
}
