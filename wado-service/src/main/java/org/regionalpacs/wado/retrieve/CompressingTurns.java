package org.regionalpacs.wado.retrieve;

import java.io.InterruptedIOException;
import java.util.concurrent.Semaphore;

/**
 * Turns on the processors, each for one piece. Requests run on as many threads as there are
 * processors, so that one is left for all else there are fewer turns than that; and only half of
 * the processors are for gzip, which takes twice as long as zstd.
 */
final class CompressingTurns {
  private final int most;
  private final int mostGzip;
  private final Semaphore all;
  private final Semaphore gzip;

  /**
   * @param processors of this machine; with a single one there is a turn nevertheless
   */
  CompressingTurns(int processors) {
    this.most = Math.max(1, processors - 1);
    this.mostGzip = Math.max(1, processors / 2);
    this.all = new Semaphore(most);
    this.gzip = new Semaphore(mostGzip);
  }

  /** Takes a turn, if there is one now. */
  boolean now(AnswerCoding coding) {
    if (coding == AnswerCoding.GZIP && !gzip.tryAcquire()) {
      return false;
    }
    if (all.tryAcquire()) {
      return true;
    }
    releaseGzip(coding);
    return false;
  }

  /** Takes a turn as soon as there is one: it is never kept for longer than a piece takes. */
  void await(AnswerCoding coding) throws InterruptedIOException {
    try {
      if (coding == AnswerCoding.GZIP) {
        gzip.acquire();
      }
      awaitAny(coding);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private void awaitAny(AnswerCoding coding) throws InterruptedException {
    try {
      all.acquire();
    } catch (InterruptedException e) {
      releaseGzip(coding);
      throw e;
    }
  }

  void end(AnswerCoding coding) {
    all.release();
    releaseGzip(coding);
  }

  private void releaseGzip(AnswerCoding coding) {
    if (coding == AnswerCoding.GZIP) {
      gzip.release();
    }
  }

  /** Whether nobody has one. */
  boolean isIdle() {
    return all.availablePermits() == most && gzip.availablePermits() == mostGzip;
  }
}
