package org.regionalpacs.consumer.converter;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Threads of low priority, few of them, on which converting takes what time it takes: virtual
 * threads would keep everybody else's from the processors.
 */
@Component
class ConversionThreads implements SmartLifecycle {
  private final int count;
  private volatile ExecutorService threads;

  ConversionThreads(ConverterProperties properties) {
    this.count = properties.parallel();
    this.threads = open();
  }

  private ExecutorService open() {
    return Executors.newFixedThreadPool(
        count,
        Thread.ofPlatform().name("converter-", 1).daemon().priority(Thread.MIN_PRIORITY).factory());
  }

  /**
   * Does it on one of the threads and waits for it.
   *
   * @throws InterruptedException when this is being stopped, or the waiting thread is interrupted;
   *     then it ends soon
   */
  <T> T call(Callable<T> work) throws Exception {
    Future<T> result;
    try {
      result = threads.submit(work);
    } catch (RejectedExecutionException e) {
      throw stopped();
    }
    try {
      return result.get();
    } catch (InterruptedException e) {
      result.cancel(true);
      throw e;
    } catch (CancellationException e) {
      throw stopped();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case CancellationException _ -> throw stopped();
        case Exception failure -> throw failure;
        case Throwable failure -> throw new IllegalStateException(failure);
      }
    }
  }

  private static InterruptedException stopped() {
    return new InterruptedException("the converter is being stopped");
  }

  @Override
  public void start() {
    if (threads.isShutdown()) {
      threads = open();
    }
  }

  @Override
  public void stop() {
    threads.shutdownNow();
  }

  @Override
  public boolean isRunning() {
    return !threads.isShutdown();
  }

  /** Before the listeners, which would wait for the conversions. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }
}
