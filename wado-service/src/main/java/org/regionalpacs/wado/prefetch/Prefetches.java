package org.regionalpacs.wado.prefetch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The studies that are to be prefetched: a bounded number, each once, worked on by a few threads
 * and never by two of them at once. Nobody who reads waits for it or notices when it fails.
 */
final class Prefetches implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Prefetches.class);
  private static final int REMEMBERED = 100_000;
  private static final Duration STOP = Duration.ofSeconds(5);

  private final Work work;
  private final PrefetchProperties properties;
  private final PrefetchMetrics metrics;
  private final Cache<Opened, Boolean> recent;
  private final Map<StudyKey, Opened> waiting = new LinkedHashMap<>();
  private final Map<StudyKey, AtomicBoolean> running = new HashMap<>();
  private final List<Thread> workers = new ArrayList<>();
  private final AtomicBoolean failing = new AtomicBoolean();
  private boolean stopping;

  /** What is done for a study. */
  @FunctionalInterface
  interface Work {
    /**
     * Makes ready what is wanted next.
     *
     * @param wanted whether it still is, to be asked between two steps
     * @throws IOException when something is away; nothing more is tried for this study then
     */
    void prefetch(Opened opened, BooleanSupplier wanted) throws IOException;
  }

  Prefetches(Work work, PrefetchProperties properties, PrefetchMetrics metrics) {
    this.work = work;
    this.properties = properties;
    this.metrics = metrics;
    this.recent =
        Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterWrite(properties.interval())
            .build();
    metrics.waiting(this::waiting);
  }

  /** Somebody reads a study. Takes no time. */
  void opened(Opened opened) {
    if (recent.getIfPresent(opened) != null) {
      return;
    }
    recent.put(opened, true);
    if (!offer(opened)) {
      recent.invalidate(opened);
      metrics.dropped();
    }
  }

  /** Of a study that waits, what is read now counts; whoever only opens it has no place in it. */
  private synchronized boolean offer(Opened opened) {
    Optional<Opened> before = Optional.ofNullable(waiting.get(opened.study()));
    if (before.isEmpty() && waiting.size() >= properties.maxWaiting()) {
      return false;
    }
    if (before.isEmpty() || opened.series().isPresent()) {
      waiting.put(opened.study(), opened);
    }
    notifyAll();
    return true;
  }

  /** A study, or a part of it, was deleted: nothing more is read of it. */
  void forget(StudyKey study) {
    synchronized (this) {
      if (waiting.remove(study) != null) {
        metrics.left("forgotten");
      }
      Optional.ofNullable(running.get(study)).ifPresent(wanted -> wanted.set(false));
    }
    recent.asMap().keySet().removeIf(each -> each.study().equals(study));
  }

  synchronized int waiting() {
    return waiting.size();
  }

  @Override
  public synchronized void start() {
    if (isRunning()) {
      return;
    }
    stopping = false;
    for (int i = 1; i <= properties.workers(); i++) {
      // No virtual threads: to interrupt one in a statement breaks its connection.
      workers.add(Thread.ofPlatform().daemon().name("prefetch-" + i).start(this::repeat));
    }
  }

  private void repeat() {
    try {
      while (true) {
        Opened next = take();
        AtomicBoolean wanted = wanted(next);
        try {
          run(next, wanted);
        } finally {
          ended(next);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("Prefetching has ended");
    }
  }

  private synchronized Opened take() throws InterruptedException {
    while (!stopping) {
      Optional<Opened> next =
          waiting.values().stream().filter(each -> !running.containsKey(each.study())).findFirst();
      if (next.isPresent()) {
        waiting.remove(next.get().study());
        running.put(next.get().study(), new AtomicBoolean(true));
        return next.get();
      }
      wait();
    }
    throw new InterruptedException();
  }

  private synchronized AtomicBoolean wanted(Opened opened) {
    return running.get(opened.study());
  }

  private synchronized void ended(Opened opened) {
    running.remove(opened.study());
    notifyAll();
  }

  private void run(Opened opened, AtomicBoolean wanted) {
    try {
      work.prefetch(opened, wanted::get);
      failing.set(false);
      metrics.left(wanted.get() ? "done" : "forgotten");
    } catch (IOException | RuntimeException | Error e) {
      // Whatever it is: the worker goes on with the next.
      metrics.left("failed");
      if (!failing.getAndSet(true)) {
        LOG.warn(
            "{}: study {} can't be prefetched, nor perhaps others; nothing waits for it: {}",
            opened.study().tenant(),
            opened.study().study(),
            e.toString());
      }
    }
  }

  @Override
  public void stop() {
    List<Thread> ending;
    synchronized (this) {
      stopping = true;
      waiting.clear();
      running.values().forEach(wanted -> wanted.set(false));
      ending = List.copyOf(workers);
      workers.clear();
      notifyAll();
    }
    try {
      long end = System.nanoTime() + STOP.toNanos();
      for (Thread worker : ending) {
        if (!worker.join(Duration.ofNanos(Math.max(0, end - System.nanoTime())))) {
          worker.interrupt();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return !workers.isEmpty();
  }
}
