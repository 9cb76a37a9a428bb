package org.regionalpacs.wado.retrieve;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Looks things up for many at once. Who comes while one is being looked up waits, with all others
 * who come, for the next look-up: it starts when that one has ended, and so after all of them came.
 * Nobody is told what was true only before it asked.
 *
 * @param <K> what is looked up
 * @param <V> what is found
 */
final class SharedLookups<K, V> {
  private final ConcurrentHashMap<K, Lookup> last = new ConcurrentHashMap<>();
  private final Function<K, V> source;
  private final Duration wait;

  /**
   * @param source looks up
   * @param wait for others at most; longer than a look-up takes
   */
  SharedLookups(Function<K, V> source, Duration wait) {
    this.source = source;
    this.wait = wait;
  }

  private final class Lookup {
    private final CompletableFuture<V> result = new CompletableFuture<>();
    private Optional<CompletableFuture<V>> before = Optional.empty();

    /** Looked at and set while the key is held in the map. */
    private boolean begun;
  }

  /**
   * Looks it up.
   *
   * @throws RuntimeException what the look-up failed with
   */
  V now(K key) {
    Lookup mine = new Lookup();
    Lookup next =
        last.compute(
            key,
            (_, running) -> {
              if (running == null) {
                return mine;
              }
              if (!running.begun) {
                return running;
              }
              mine.before = Optional.of(running.result);
              return mine;
            });
    return next == mine ? lookUp(key, mine) : await(key, next);
  }

  private V lookUp(K key, Lookup mine) {
    try {
      mine.before.ifPresent(this::awaitEnd);
      mine.before = Optional.empty();
      last.compute(
          key,
          (_, latest) -> {
            mine.begun = true;
            return latest;
          });
      V found = source.apply(key);
      mine.result.complete(found);
      return found;
    } catch (RuntimeException | Error e) {
      mine.result.completeExceptionally(e);
      throw e;
    } finally {
      last.remove(key, mine);
    }
  }

  private void awaitEnd(CompletableFuture<V> other) {
    try {
      other.get(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException _) {
      // Whatever became of it, the next one may begin.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private V await(K key, Lookup other) {
    try {
      return other.result.get(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException _) {
      return source.apply(key);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return source.apply(key);
    }
  }
}
