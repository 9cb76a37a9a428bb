package org.regionalpacs.storage.cached;

import java.util.concurrent.Semaphore;

/** How many bytes all readers may hold in the heap at once. Nobody waits for it. */
final class HeapBudget {
  private final Semaphore free;
  private final int all;

  /**
   * @param bytes at most this many
   */
  HeapBudget(long bytes) {
    this.all = Math.clamp(bytes, 0, Integer.MAX_VALUE);
    this.free = new Semaphore(all);
  }

  /** Takes room for so many bytes; false when there is none just now. */
  boolean take(int bytes) {
    return free.tryAcquire(bytes);
  }

  void give(int bytes) {
    free.release(bytes);
  }

  /** Bytes that are held. */
  int held() {
    return all - free.availablePermits();
  }
}
