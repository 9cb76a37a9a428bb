package org.regionalpacs.wado.render;

import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.regionalpacs.wado.web.NotAcceptableException;
import org.regionalpacs.wado.web.UnavailableException;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Bounds rendering, which takes heap and processors: frames that are rendered at the same time have
 * room in the memory for it, and threads of their own, so that requests that only copy bytes don't
 * wait behind them.
 */
@Component
@EnableConfigurationProperties(RenderProperties.class)
class RenderWork {
  /** Bytes that a permit stands for. */
  private static final int UNIT = 64 * 1024;

  private final RenderProperties properties;
  private final int units;
  private final Semaphore free;
  private final ExecutorService threads;

  RenderWork(RenderProperties properties) {
    this.properties = properties;
    this.units = (int) Math.clamp(properties.memory().toBytes() / UNIT, 1, Integer.MAX_VALUE);
    this.free = new Semaphore(units, true);
    this.threads =
        Executors.newFixedThreadPool(
            properties.maxConcurrent(), Thread.ofPlatform().daemon().name("render-", 0).factory());
  }

  /** Room for a frame; ends when it is closed. */
  interface Room extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Waits for room for a frame.
   *
   * @param bytes that it takes with its picture
   * @throws NotAcceptableException when there never is so much
   * @throws UnavailableException when there is none in time
   */
  Room take(long bytes) {
    long needed = Math.ceilDiv(bytes, (long) UNIT);
    if (needed > units) {
      throw new NotAcceptableException(
          "A frame is too large to be rendered here", RenderedNegotiation.AS_STORED_OBJECT);
    }
    // However small frames are, there are no more of them than threads.
    int share = (int) Math.max(needed, Math.max(1, units / properties.maxConcurrent()));
    try {
      if (free.tryAcquire(share, properties.maxWait().toMillis(), TimeUnit.MILLISECONDS)) {
        return () -> free.release(share);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new UnavailableException("Too much is being rendered just now; ask again later.");
  }

  /**
   * Does work on a thread for it.
   *
   * @throws UnavailableException when it takes too long
   */
  <T> T run(Callable<T> work) throws IOException {
    Future<T> result = threads.submit(work);
    try {
      return result.get(properties.maxTime().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException failure -> throw failure;
        case RuntimeException failure -> throw failure;
        case Throwable failure -> throw new IllegalStateException(failure);
      }
    } catch (InterruptedException e) {
      result.cancel(true);
      Thread.currentThread().interrupt();
    } catch (TimeoutException e) {
      result.cancel(true);
    }
    throw new UnavailableException("Rendering takes too long just now; ask again later.");
  }

  @PreDestroy
  void stop() {
    threads.shutdownNow();
  }
}
