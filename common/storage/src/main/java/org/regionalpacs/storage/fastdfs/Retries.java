package org.regionalpacs.storage.fastdfs;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.regionalpacs.storage.BlobCorruptException;
import org.regionalpacs.storage.BlobMissingException;
import org.regionalpacs.storage.BlobStoreFullException;
import org.regionalpacs.storage.BlobStoreUnreachableException;

/** How often and when something is tried again, and what its last failure means. */
final class Retries {
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final String store;
  private final FastDfsProperties settings;
  private final FastDfsMetrics metrics;

  Retries(String store, FastDfsProperties settings, FastDfsMetrics metrics) {
    this.store = store;
    this.settings = settings;
    this.metrics = metrics;
  }

  /** One try, numbered from 1. */
  interface Try<T> {
    T run(int number) throws IOException;
  }

  /** Tries until it succeeds, fails for good, or there are no more tries or there is no time. */
  <T> T run(String operation, Deadline deadline, Try<T> work) throws IOException {
    for (int number = 1; ; number++) {
      try {
        return work.run(number);
      } catch (IOException e) {
        if (!again(number, e, deadline)) {
          throw meaning(e);
        }
        metrics.retried(operation);
        pause(number, deadline);
      }
    }
  }

  /** Whether a failure, the so-manieth in a row, is worth another try. */
  boolean again(int failures, IOException failure, Deadline deadline) {
    boolean hopeless =
        failure instanceof BlobMissingException
            || failure instanceof SourceFailedException
            || failure instanceof InterruptedIOException
                && !(failure instanceof java.net.SocketTimeoutException);
    return !hopeless && failures < settings.attempts() && !deadline.passed();
  }

  /** What callers of the store get for a failure. */
  IOException meaning(IOException failure) {
    return switch (failure) {
      case BlobMissingException e -> e;
      case BlobCorruptException e -> e;
      case BlobStoreUnreachableException e -> e;
      case BlobStoreFullException e -> e;
      case SourceFailedException e -> e.source();
      case StatusException e when e.status() == StatusException.FULL ->
          new BlobStoreFullException(store, e.getMessage());
      default -> new BlobStoreUnreachableException(store, failure.getMessage(), failure);
    };
  }

  /**
   * Waits before the next try, longer each time, not always the same, and not past the deadline.
   */
  void pause(int failures, Deadline deadline) throws InterruptedIOException {
    long doubled = settings.pause().toNanos() << Math.min(failures - 1, 16);
    long longest = Math.min(doubled, LONGEST_PAUSE.toNanos());
    long pause = ThreadLocalRandom.current().nextLong(longest / 2, longest + 1);
    try {
      TimeUnit.NANOSECONDS.sleep(Math.min(pause, deadline.left()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }
}
