package org.regionalpacs.codec.process;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.regionalpacs.codec.CodecUnavailableException;

/** The processes that there are: those at work, and those without work, which end after a while. */
final class Children implements AutoCloseable {
  /** Starts in a minute for each process that there may be; more are a storm. */
  private static final int STARTS = 20;

  private final CodecProperties settings;
  private final StartLimit limit;
  private final CodecMetrics metrics;
  private final Set<Child> all = new HashSet<>();
  private final Deque<Child> idle = new ArrayDeque<>();
  private boolean closed;

  Children(CodecProperties settings, CodecMetrics metrics) {
    this.settings = settings;
    this.metrics = metrics;
    this.limit = new StartLimit(STARTS * settings.most());
  }

  /** One without work, the last that had some. */
  synchronized Optional<Child> takeIdle() {
    while (!idle.isEmpty()) {
      Child child = idle.pop();
      if (child.usable()) {
        return Optional.of(child);
      }
      end(child, "isn't usable any more");
    }
    return Optional.empty();
  }

  /**
   * Starts one.
   *
   * @throws CodecUnavailableException when it can't, or too often was
   */
  Child start() throws CodecUnavailableException {
    limit.begin(System.nanoTime());
    Child child;
    try {
      child = Child.start(settings);
    } catch (IOException e) {
      failed(e.getMessage());
      throw new CodecUnavailableException("a codec process can't be started", e);
    }
    synchronized (this) {
      all.add(child);
      if (closed) {
        end(child, "is stopped");
      }
    }
    return child;
  }

  /** One has started. */
  void greeted() {
    metrics.started(true);
    limit.started();
  }

  /** One hasn't. */
  void failed(String reason) {
    metrics.started(false);
    limit.failed(reason, System.nanoTime());
  }

  /** Its work is done. */
  synchronized void giveBack(Child child) {
    if (closed || !child.usable()) {
      end(child, "isn't usable any more");
      return;
    }
    child.rest();
    idle.push(child);
  }

  /** It has ended, or is to. */
  synchronized void end(Child child, String reason) {
    idle.remove(child);
    all.remove(child);
    child.kill(reason);
  }

  /** What a process was given has ended it. */
  void lost(CodecMetrics.Cause cause) {
    metrics.lost(cause);
  }

  /** Ends those that were without work for long. */
  synchronized void endIdle(Duration longerThan) {
    for (Child child : List.copyOf(idle)) {
      if (!child.usable() || child.restedFor(longerThan.toNanos())) {
        end(child, "has no work");
      }
    }
  }

  /** Process ids of all that run. */
  synchronized List<Long> pids() {
    return all.stream().filter(Child::alive).map(Child::pid).toList();
  }

  /** How many work. */
  synchronized int working() {
    return all.size() - idle.size();
  }

  /** How many don't. */
  synchronized int idle() {
    return idle.size();
  }

  @Override
  public synchronized void close() {
    closed = true;
    new ArrayList<>(all).forEach(child -> end(child, "is stopped"));
  }
}
