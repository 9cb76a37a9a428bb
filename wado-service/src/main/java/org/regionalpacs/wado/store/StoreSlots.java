package org.regionalpacs.wado.store;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.regionalpacs.wado.web.UnavailableException;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** So many requests store at a time, for each has buffers; others wait for a while, unread. */
@Component
@EnableConfigurationProperties(StoreProperties.class)
class StoreSlots {
  private final StoreProperties properties;
  private final Semaphore free;

  StoreSlots(StoreProperties properties) {
    this.properties = properties;
    this.free = new Semaphore(properties.maxConcurrent(), true);
  }

  /** A request's turn; ends when it is closed. */
  interface Slot extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Waits for a turn.
   *
   * @throws UnavailableException when none comes in time
   */
  Slot take() {
    try {
      if (free.tryAcquire(properties.maxWait().toMillis(), TimeUnit.MILLISECONDS)) {
        return free::release;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new UnavailableException("Too many requests store just now; send it again later.");
  }
}
