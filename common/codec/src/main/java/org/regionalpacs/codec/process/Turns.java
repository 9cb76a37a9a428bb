package org.regionalpacs.codec.process;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.regionalpacs.codec.CodecUnavailableException;

/** Turns of frames, in the order of asking. */
final class Turns {
  private final Semaphore free;
  private final AtomicInteger waiting = new AtomicInteger();
  private final int maxWaiting;
  private final Duration maxWait;

  /**
   * @param most that have a turn at the same time
   * @param maxWaiting that wait for one
   * @param maxWait how long
   */
  Turns(int most, int maxWaiting, Duration maxWait) {
    this.free = new Semaphore(most, true);
    this.maxWaiting = maxWaiting;
    this.maxWait = maxWait;
  }

  /**
   * Takes a turn.
   *
   * @throws CodecUnavailableException when too many wait already, or it takes too long
   * @throws CancellationException when this thread is interrupted
   */
  void take() throws CodecUnavailableException {
    try {
      // The one without a time would push in.
      if (free.tryAcquire(0, TimeUnit.NANOSECONDS)) {
        return;
      }
      await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("the frame isn't wanted any more");
    }
  }

  private void await() throws CodecUnavailableException, InterruptedException {
    try {
      boolean given =
          waiting.incrementAndGet() <= maxWaiting
              && free.tryAcquire(maxWait.toNanos(), TimeUnit.NANOSECONDS);
      if (!given) {
        throw new CodecUnavailableException("all codec processes are busy");
      }
    } finally {
      waiting.decrementAndGet();
    }
  }

  int waiting() {
    return waiting.get();
  }

  void giveBack() {
    free.release();
  }
}
