package org.regionalpacs.webworker.job;

import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Does something over and over in a thread of its own, from the start of the service to its end,
 * whatever fails in between. A failure is told once, and again when it is over; what runs seldom is
 * tried again sooner, because most failures end when an engine is back.
 */
public final class BackgroundJob implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(BackgroundJob.class);
  private static final Duration STOP = Duration.ofSeconds(10);

  private final String name;
  private final JobPauses pauses;
  private final Task task;
  private volatile Optional<Thread> thread = Optional.empty();
  private volatile Optional<Exception> failure = Optional.empty();

  /** What is repeated; it ends soon when its thread is interrupted. */
  @FunctionalInterface
  public interface Task {
    void run() throws Exception;
  }

  /**
   * @param name for logs and health
   * @param interval between the end of a turn and the start of the next
   */
  public BackgroundJob(String name, Duration interval, Task task) {
    this.name = name;
    this.pauses = new JobPauses(interval);
    this.task = task;
  }

  /** For logs and health. */
  public String name() {
    return name;
  }

  /** Why the last turn failed; empty when it didn't. */
  public Optional<Exception> failure() {
    return failure;
  }

  @Override
  public synchronized void start() {
    if (!isRunning()) {
      thread = Optional.of(Thread.ofVirtual().name(name).start(this::repeat));
    }
  }

  private void repeat() {
    try {
      while (true) {
        turn();
        Thread.sleep(failure.isPresent() ? pauses.afterFailure() : pauses.afterSuccess());
      }
    } catch (InterruptedException e) {
      LOG.debug("{} ends", name);
    }
  }

  private void turn() throws InterruptedException {
    try {
      task.run();
      failure.ifPresent(_ -> LOG.info("{} works again", name));
      failure = Optional.empty();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      if (failure.isEmpty()) {
        LOG.warn("{} fails, and is tried again: {}", name, e.toString());
      }
      failure = Optional.of(e);
    }
  }

  @Override
  public synchronized void stop() {
    thread.ifPresent(Thread::interrupt);
    thread.ifPresent(this::await);
    thread = Optional.empty();
  }

  private void await(Thread ending) {
    try {
      if (!ending.join(STOP)) {
        LOG.warn("{} does not end within {}", name, STOP);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return thread.filter(Thread::isAlive).isPresent();
  }
}
