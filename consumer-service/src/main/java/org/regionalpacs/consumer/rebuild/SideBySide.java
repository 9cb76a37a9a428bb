package org.regionalpacs.consumer.rebuild;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * Reads many things at a time, because each of them waits for a disk or a network.
 *
 * @param most at a time
 */
record SideBySide(int most) {

  /** What is done with one of them. */
  interface Reading<A, B> {
    B read(A from) throws IOException;
  }

  /** Reads all, in their order; the first failure is everybody's. */
  <A, B> List<B> all(List<A> from, Reading<A, B> reading) throws IOException {
    Semaphore permits = new Semaphore(most);
    List<Future<B>> running = new ArrayList<>(from.size());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (A each : from) {
        permits.acquire();
        running.add(
            threads.submit(() -> {
              try {
                return reading.read(each);
              } finally {
                permits.release();
              }
            }));
      }
      List<B> read = new ArrayList<>(from.size());
      for (Future<B> each : running) {
        read.add(each.get());
      }
      return read;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException io -> throw io;
        case RuntimeException defect -> throw defect;
        case Throwable other -> throw new IllegalStateException(other);
      }
    }
  }
}
