package org.regionalpacs.consumer;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Lets the indexer of this process go first while many objects arrive: a physician waits for an
 * image to be found, nobody waits for it to be archived. Every object waits for a bounded time
 * only, counted from its acceptance, so that under a load without end the others work at the same
 * rate, some seconds behind.
 */
@Component
public class Precedence implements SmartLifecycle {
  /** A burst is over when for so many seconds nothing, or little, came. */
  private static final int MEMORY = 1;

  private static final long LOOK_MILLIS = 100;

  private final PrecedenceProperties properties;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition stopped = lock.newCondition();
  private boolean running = true;

  /** What came above the rate, as in a bucket that leaks so fast and overflows. */
  private double surplus;

  private long last;

  @Autowired
  Precedence(PrecedenceProperties properties) {
    this(properties, System.nanoTime());
  }

  Precedence(PrecedenceProperties properties, long now) {
    this.properties = properties;
    this.last = now;
  }

  /** The indexer begins with so many objects. */
  public void indexing(int objects) {
    indexing(objects, System.nanoTime());
  }

  void indexing(int objects, long now) {
    lock.lock();
    try {
      surplus = Math.min(surplus(now) + objects, 2.0 * MEMORY * properties.rate());
      last = now;
    } finally {
      lock.unlock();
    }
  }

  private double surplus(long now) {
    double leaked = (now - last) * properties.rate() / (double) TimeUnit.SECONDS.toNanos(1);
    return Math.max(0, surplus - leaked);
  }

  /** Whether objects arrive faster than all others can keep up with. */
  boolean busy(long now) {
    lock.lock();
    try {
      return running && surplus(now) >= MEMORY * properties.rate();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until the burst is over, or one of these objects has waited long enough. An interrupt, or
   * the end of the service, ends it too.
   */
  public void letPass(List<ConsumerRecord<String, byte[]>> delivery) {
    long oldest = delivery.stream().mapToLong(ConsumerRecord::timestamp).min().orElse(0);
    long waited = Math.max(0, System.currentTimeMillis() - oldest);
    long left = properties.longest().toMillis() - waited;
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(left);
    lock.lock();
    try {
      while (busy(System.nanoTime()) && end - System.nanoTime() > 0) {
        stopped.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** How long something that waits for {@code normal} waits now. */
  public Duration patience(Duration normal) {
    return busy(System.nanoTime()) && normal.compareTo(properties.longest()) < 0
        ? properties.longest()
        : normal;
  }

  @Override
  public void start() {
    setRunning(true);
  }

  @Override
  public void stop() {
    setRunning(false);
  }

  private void setRunning(boolean now) {
    lock.lock();
    try {
      running = now;
      stopped.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean isRunning() {
    lock.lock();
    try {
      return running;
    } finally {
      lock.unlock();
    }
  }

  /** Stops before the listeners do, which wait for those that wait here. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }
}
