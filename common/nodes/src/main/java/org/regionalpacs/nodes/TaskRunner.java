package org.regionalpacs.nodes;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the handler of a task and records what became of it. */
final class TaskRunner {
  private static final Logger LOG = LoggerFactory.getLogger(TaskRunner.class);

  /** A handler that was interrupted has so long to end before it is left alone. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final NodeTaskClaims claims;
  private final Map<String, NodeTaskHandler<?, ?>> handlers;
  private final MeterRegistry meters;

  TaskRunner(NodeTaskClaims claims, List<NodeTaskHandler<?, ?>> handlers, MeterRegistry meters) {
    this.claims = claims;
    this.handlers =
        handlers.stream().collect(Collectors.toMap(NodeTaskHandler::kind, Function.identity()));
    this.meters = meters;
  }

  Set<String> kinds() {
    return handlers.keySet();
  }

  /**
   * Does a task and records its end. Nothing a handler does reaches the caller.
   *
   * @throws InterruptedException when this process is stopping: the task isn't finished
   */
  void run(ClaimedTask task) throws InterruptedException {
    long start = System.nanoTime();
    try {
      String result = within(handlers.get(task.kind()), task);
      claims.done(task, result);
      count(task, "done", start);
    } catch (InterruptedException e) {
      throw e;
    } catch (Throwable failure) {
      count(task, "failed", start);
      LOG.warn(
          "Task {} {} failed at attempt {}: {}",
          task.kind(),
          task.key(),
          task.attempt(),
          failure.toString());
      record(task, failure);
    }
  }

  private void record(ClaimedTask task, Throwable failure) {
    try {
      claims.failed(task, failure.toString());
    } catch (RuntimeException e) {
      LOG.debug("Not recorded, the lease will end by itself: {}", e.toString());
    }
  }

  private <A, R> String within(NodeTaskHandler<A, R> handler, ClaimedTask task) throws Throwable {
    AtomicReference<String> result = new AtomicReference<>();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread work =
        Thread.ofVirtual()
            .name("node-task " + task.kind())
            .start(() -> {
              try {
                A arguments = TaskJson.read(task.arguments(), handler.arguments());
                result.set(TaskJson.write(handler.run(arguments)));
              } catch (Throwable e) {
                failure.set(e);
              }
            });
    try {
      if (!work.join(handler.limit())) {
        work.interrupt();
        work.join(GRACE);
        throw new TimeoutException("not done within " + handler.limit());
      }
    } catch (InterruptedException e) {
      work.interrupt();
      awaitEnd(work);
      throw e;
    }
    if (failure.get() != null) {
      throw failure.get() instanceof InterruptedException
          ? new IllegalStateException("interrupted", failure.get())
          : failure.get();
    }
    return result.get();
  }

  private static void awaitEnd(Thread work) {
    try {
      work.join(GRACE);
    } catch (InterruptedException e) {
      LOG.debug("Not waiting for {} any longer", work.getName());
    }
  }

  private void count(ClaimedTask task, String outcome, long start) {
    meters
        .timer("pacs.node.tasks", "kind", task.kind(), "outcome", outcome)
        .record(Duration.ofNanos(System.nanoTime() - start));
  }
}
