package org.regionalpacs.wado.work;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.regionalpacs.wado.web.UnavailableException;

/**
 * Room for a piece of work. It is given back when its owner has closed it and the work that was
 * begun in it has truly ended: work that was given up still holds its arrays until its thread looks
 * up.
 */
public final class Room implements AutoCloseable {
  private final AtomicInteger users = new AtomicInteger(1);
  private final ExecutorService threads;
  private final Waiting waiting;
  private final Duration maxTime;
  private final String late;
  private final Runnable giveBack;

  /**
   * @param threads does work
   * @param maxTime how long work may take
   * @param late what is said when it takes longer
   * @param giveBack gives the room back
   */
  Room(ExecutorService threads, Waiting waiting, Duration maxTime, String late, Runnable giveBack) {
    this.threads = threads;
    this.waiting = waiting;
    this.maxTime = maxTime;
    this.late = late;
    this.giveBack = giveBack;
  }

  /**
   * Does work on a thread for it. When it takes too long or the client goes, its thread is
   * interrupted.
   *
   * @throws UnavailableException when it takes too long
   * @throws IOException as the work; or when the client has gone
   */
  public <T> T run(Callable<T> work) throws IOException {
    return run(work, maxTime);
  }

  /**
   * The same with another limit.
   *
   * @param most how long it may take
   */
  public <T> T run(Callable<T> work, Duration most) throws IOException {
    AtomicBoolean taken = new AtomicBoolean();
    users.incrementAndGet();
    Future<T> result = submit(work, taken);
    try {
      return waiting.await(result, most, late);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException failure -> throw failure;
        case RuntimeException failure -> throw failure;
        case Throwable failure -> throw new IllegalStateException(failure);
      }
    } finally {
      result.cancel(true);
      if (taken.compareAndSet(false, true)) {
        // No thread has begun with it, and none will.
        leave();
      }
    }
  }

  private <T> Future<T> submit(Callable<T> work, AtomicBoolean taken) {
    try {
      return threads.submit(() -> {
        if (!taken.compareAndSet(false, true)) {
          throw new CancellationException();
        }
        try {
          return work.call();
        } finally {
          leave();
        }
      });
    } catch (RejectedExecutionException e) {
      leave();
      throw new UnavailableException("The server is being stopped.");
    }
  }

  private void leave() {
    if (users.decrementAndGet() == 0) {
      giveBack.run();
    }
  }

  @Override
  public void close() {
    leave();
  }
}
