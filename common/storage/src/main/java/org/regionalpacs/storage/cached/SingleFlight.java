package org.regionalpacs.metadata;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Does a piece of work once for all who want it at the same time.
 *
 * @param <K> names the work
 * @param <V> its result
 */
final class SingleFlight<K, V> {
  private final ConcurrentHashMap<K, CompletableFuture<V>> flights = new ConcurrentHashMap<>();
  private final Duration wait;

  /**
   * @param wait how long to wait for another's work
   */
  SingleFlight(Duration wait) {
    this.wait = wait;
  }

  /** Work that can fail. */
  @FunctionalInterface
  interface Work<V> {
    V run() throws IOException;
  }

  V run(K key, Work<V> work) throws IOException {
    CompletableFuture<V> mine = new CompletableFuture<>();
    CompletableFuture<V> other = flights.putIfAbsent(key, mine);
    if (other != null) {
      return await(other);
    }
    try {
      V result = work.run();
      mine.complete(result);
      return result;
    } catch (Throwable t) {
      mine.completeExceptionally(t);
      throw t;
    } finally {
      flights.remove(key, mine);
    }
  }

  private V await(CompletableFuture<V> other) throws IOException {
    try {
      return other.get(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new MetadataBusyException("the metadata were not built within " + wait);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof MetadataBusyException busy
          ? new MetadataBusyException(busy.getMessage())
          : new IOException(e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while metadata were built");
    }
  }
}
