package org.regionalpacs.nodes;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.NestedExceptionUtils;

/**
 * Looks for tasks of this node and has them done, a few at a time. Nothing else in the process
 * waits for it or for its database; that the database is away is told once.
 */
final class NodeTaskExecutor implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(NodeTaskExecutor.class);
  private static final Duration STOP = Duration.ofSeconds(15);

  private final NodeTaskClaims claims;
  private final TaskRunner runner;
  private final NodeTaskProperties properties;
  private final Semaphore workers;
  private final Set<Thread> running = ConcurrentHashMap.newKeySet();
  private volatile Optional<Thread> looking = Optional.empty();
  private volatile Optional<Thread> renewing = Optional.empty();
  private volatile Optional<String> failure = Optional.empty();

  NodeTaskExecutor(NodeTaskClaims claims, TaskRunner runner, NodeTaskProperties properties) {
    this.claims = claims;
    this.runner = runner;
    this.properties = properties;
    this.workers = new Semaphore(properties.workers());
  }

  /** Why there is no looking for tasks at present; empty when there is. */
  Optional<String> failure() {
    return failure;
  }

  /** Tasks under way in this process. */
  int underWay() {
    return running.size();
  }

  @Override
  public synchronized void start() {
    if (isRunning() || runner.kinds().isEmpty()) {
      return;
    }
    looking = Optional.of(thread("node-tasks", this::look));
    renewing = Optional.of(thread("node-task-leases", this::renew));
    looking.ifPresent(Thread::start);
    renewing.ifPresent(Thread::start);
  }

  /** No virtual thread: to interrupt one in a statement breaks its connection. */
  private static Thread thread(String name, Runnable work) {
    return Thread.ofPlatform().daemon().name(name).unstarted(work);
  }

  private void look() {
    try {
      while (true) {
        workers.acquire();
        Optional<ClaimedTask> task = claim();
        if (task.isPresent()) {
          begin(task.get());
        } else {
          workers.release();
          Thread.sleep(pause());
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("No more looking for tasks");
    }
  }

  private Optional<ClaimedTask> claim() throws InterruptedException {
    try {
      Optional<ClaimedTask> task = claims.claim(runner.kinds());
      failure.ifPresent(_ -> LOG.info("Tasks of this node are being done again"));
      failure = Optional.empty();
      return task;
    } catch (RuntimeException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      if (failure.isEmpty()) {
        LOG.warn("Tasks of this node wait, nothing else does: {}", cause(e));
      }
      failure = Optional.of(cause(e));
      return Optional.empty();
    }
  }

  private static String cause(RuntimeException failure) {
    return NestedExceptionUtils.getMostSpecificCause(failure).toString();
  }

  private void begin(ClaimedTask task) {
    Thread worker =
        thread(
            "node-task-worker",
            () -> {
              try {
                runner.run(task);
              } catch (InterruptedException e) {
                LOG.debug("Task {} {} is given back", task.kind(), task.key());
              } finally {
                running.remove(Thread.currentThread());
                workers.release();
              }
            });
    running.add(worker);
    worker.start();
  }

  private Duration pause() {
    long poll = properties.poll().toMillis();
    return Duration.ofMillis(poll * 3 / 4 + ThreadLocalRandom.current().nextLong(poll / 2 + 1));
  }

  private void renew() {
    try {
      while (true) {
        Thread.sleep(properties.lease().dividedBy(3));
        if (!running.isEmpty()) {
          renewOnce();
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("Leases are renewed no more");
    }
  }

  private void renewOnce() {
    try {
      claims.renew();
    } catch (RuntimeException e) {
      LOG.debug("Leases not renewed: {}", e.toString());
    }
  }

  /** Interrupts what is under way and gives it back. */
  @Override
  public synchronized void stop() {
    if (looking.isEmpty()) {
      return;
    }
    end(looking);
    running.forEach(Thread::interrupt);
    running.forEach(NodeTaskExecutor::await);
    end(renewing);
    looking = Optional.empty();
    renewing = Optional.empty();
    if (failure.isEmpty()) {
      giveBack();
    }
  }

  private void giveBack() {
    try {
      claims.giveBack();
    } catch (RuntimeException e) {
      LOG.debug("Not given back, the leases will end by themselves: {}", e.toString());
    }
  }

  private static void end(Optional<Thread> thread) {
    thread.ifPresent(Thread::interrupt);
    thread.ifPresent(NodeTaskExecutor::await);
  }

  private static void await(Thread ending) {
    try {
      if (!ending.join(STOP)) {
        LOG.warn("{} does not end within {}", ending, STOP);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return looking.filter(Thread::isAlive).isPresent();
  }
}
