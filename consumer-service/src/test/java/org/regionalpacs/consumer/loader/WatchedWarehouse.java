package org.regionalpacs.consumer.loader;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.regionalpacs.warehouse.Batch;
import org.regionalpacs.warehouse.RowsRefusedException;
import org.regionalpacs.warehouse.Warehouse;
import org.regionalpacs.warehouse.WarehouseQuery;
import org.regionalpacs.warehouse.WarehouseUnavailableException;

/** A real warehouse, where it is seen what is loaded, and where a load can be held or fail. */
final class WatchedWarehouse implements Warehouse {
  private final Warehouse real;
  private final List<Batch> batches = new CopyOnWriteArrayList<>();
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private volatile int holdBefore;
  private volatile int holdAfter;
  private volatile boolean away;

  WatchedWarehouse(Warehouse real) {
    this.real = real;
  }

  /** The load of that number, from 1, gets no further than here. */
  WatchedWarehouse holdBefore(int number) {
    holdBefore = number;
    return this;
  }

  /** The load of that number, from 1, is done, and nobody learns of it. */
  WatchedWarehouse holdAfter(int number) {
    holdAfter = number;
    return this;
  }

  void awaitHeld() throws InterruptedException {
    if (!reached.await(30, TimeUnit.SECONDS)) {
      throw new AssertionError("no load was held; there were " + labels());
    }
  }

  void release() {
    released.countDown();
  }

  void away(boolean isAway) {
    away = isAway;
  }

  /** What was to be loaded, in that order. */
  List<Batch> batches() {
    return batches;
  }

  /** Of what was to be loaded, without what is the same for all of a partition. */
  List<String> labels() {
    return batches.stream().map(batch -> batch.label().replaceFirst("^.*_t\\d+-", "")).toList();
  }

  @Override
  public String name() {
    return real.name();
  }

  @Override
  public Loaded load(Batch batch) throws RowsRefusedException, WarehouseUnavailableException {
    int number;
    synchronized (this) {
      batches.add(batch);
      number = batches.size();
    }
    if (away) {
      throw new WarehouseUnavailableException("away for a test");
    }
    if (number == holdBefore) {
      hold();
    }
    try {
      return real.load(batch);
    } finally {
      if (number == holdAfter) {
        hold();
      }
    }
  }

  private void hold() {
    reached.countDown();
    try {
      released.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public <T> List<T> query(WarehouseQuery query, Function<List<Object>, T> row)
      throws WarehouseUnavailableException {
    return real.query(query, row);
  }
}
