package org.regionalpacs.dicom.net;

import java.util.concurrent.Semaphore;

/**
 * The threads associations are served in: platform threads for the first ones, virtual threads for
 * those beyond. A platform thread waits for its peer in the kernel, where a virtual one is woken by
 * way of a poller, a timer and a carrier: a fifth of the rate of a single association (see the
 * results of the C-STORE bench). Virtual ones cost 18 KB, so that thousands may be idle.
 */
final class AssociationThreads {
  /** More than this many associations are never all busy: disk and processors are full before. */
  private static final int PLATFORM = 64;

  private final Semaphore places = new Semaphore(PLATFORM);

  void start(String name, Runnable task) {
    if (!places.tryAcquire()) {
      Thread.ofVirtual().name(name).start(task);
      return;
    }
    Runnable inPlace =
        () -> {
          try {
            task.run();
          } finally {
            places.release();
          }
        };
    try {
      Thread.ofPlatform().daemon().name(name).start(inPlace);
    } catch (OutOfMemoryError e) {
      // The system grants no further thread; the place stays taken, as it isn't there.
      Thread.ofVirtual().name(name).start(task);
    }
  }
}
