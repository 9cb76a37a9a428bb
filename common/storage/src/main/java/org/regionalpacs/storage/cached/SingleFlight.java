package org.regionalpacs.storage.cached;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * Does a piece of work once for all who want it at the same time.
 *
 * @param <K> names the work
 * @param <V> its result
 */
public final class SingleFlight<K, V> {
  private final ConcurrentHashMap<K, CompletableFuture<V>> flights = new ConcurrentHashMap<>();
  private final Duration wait;

  /**
   * @param wait how long to wait for another's work
   */
  public SingleFlight(Duration wait) {
    this.wait = wait;
  }

  /** Work that can fail. */
  @FunctionalInterface
  public interface Work<V> {
    V run() throws IOException;
  }

  /** Another's work took longer than anybody waits. */
  public static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLongException(Duration wait) {
      super("another's work didn't end within " + wait);
    }
  }

  /**
   * Works, or waits for who does already.
   *
   * @throws TooLongException when that one takes too long
   * @throws IOException what the work failed with, the same object for all who waited
   */
  public V run(K key, Work<V> work) throws IOException {
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

  /** Who comes from now on doesn't wait for work that is under way: its result may be outdated. */
  void leave(Predicate<K> outdated) {
    flights.keySet().removeIf(outdated);
  }

  private V await(CompletableFuture<V> other) throws IOException {
    try {
      return other.get(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new TooLongException(wait);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure
          ? failure
          : new IOException(e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while another works");
    }
  }
}
