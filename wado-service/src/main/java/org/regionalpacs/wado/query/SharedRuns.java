package org.regionalpacs.wado.query;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.springframework.dao.QueryTimeoutException;

/**
 * What several ask for at the same time is looked up once for all of them. Nobody gets what was
 * begun before it asked, so an answer is as fresh as one of one's own: while a run is under way,
 * those who come wait for its end, and share the next. Nothing is kept. Thread-safe.
 *
 * @param <K> what is asked for, by its value
 * @param <V> the answer, which nobody changes
 */
final class SharedRuns<K, V> {
  private final ConcurrentHashMap<K, Line<V>> lines = new ConcurrentHashMap<>();
  private final Duration patience;
  private final Duration longest;

  /**
   * @param patience how long the next run waits for the one before it at most
   * @param longest how long an answer may take
   */
  SharedRuns(Duration patience, Duration longest) {
    this.patience = patience;
    this.longest = longest;
  }

  /**
   * @param running began already
   * @param next begins later: whoever comes now may share it
   */
  private record Line<V>(
      Optional<CompletableFuture<V>> running, Optional<CompletableFuture<V>> next) {

    Line<V> joinedBy(CompletableFuture<V> run) {
      if (running.isEmpty() && next.isEmpty()) {
        return new Line<>(Optional.of(run), next);
      }
      return next.isPresent() ? this : new Line<>(running, Optional.of(run));
    }

    boolean runs(CompletableFuture<V> run) {
      return running.filter(one -> one == run).isPresent();
    }
  }

  /**
   * The answer of a run that begins after this call.
   *
   * @throws QueryTimeoutException when it takes too long
   */
  V get(K key, Supplier<V> work) {
    CompletableFuture<V> mine = new CompletableFuture<>();
    Line<V> line =
        lines.compute(
            key,
            (_, there) ->
                (there == null ? new Line<V>(Optional.empty(), Optional.empty()) : there)
                    .joinedBy(mine));
    if (line.runs(mine)) {
      return run(key, mine, work);
    }
    CompletableFuture<V> next = line.next().orElseThrow();
    if (next != mine) {
      return await(next);
    }
    line.running().ifPresent(this::awaitEnd);
    lines.put(key, new Line<>(Optional.of(mine), Optional.empty()));
    return run(key, mine, work);
  }

  private V run(K key, CompletableFuture<V> run, Supplier<V> work) {
    try {
      V answer = work.get();
      run.complete(answer);
      return answer;
    } catch (RuntimeException | Error e) {
      run.completeExceptionally(e);
      throw e;
    } finally {
      lines.computeIfPresent(key, (_, line) -> line.runs(run) ? withoutRunning(line) : line);
    }
  }

  private static <V> Line<V> withoutRunning(Line<V> line) {
    return line.next().isEmpty() ? null : new Line<>(Optional.empty(), line.next());
  }

  private void awaitEnd(CompletableFuture<V> run) {
    try {
      run.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException _) {
      // Its end is all that matters, and only for so long.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private V await(CompletableFuture<V> run) {
    try {
      return run.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case Throwable cause -> throw new IllegalStateException(cause);
      }
    } catch (TimeoutException e) {
      throw new QueryTimeoutException("others wait for the same too", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QueryTimeoutException("interrupted", e);
    }
  }
}
